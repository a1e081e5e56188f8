"""«Реестр организаций»: a list is brought, looked at and entered; what is there is changed in place."""
