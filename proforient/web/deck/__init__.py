"""«Доклад»: a snapshot as one plain HTML file of slides that needs neither the server nor a rerun once it is open."""
