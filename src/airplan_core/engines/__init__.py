"""Where duties are decided: for one subject, for tables in this process, in a database."""
