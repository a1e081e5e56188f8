"""«Исследовать»: what stands in rows and columns, the table, its pictures, its files."""
