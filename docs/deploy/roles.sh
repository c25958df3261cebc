#!/bin/sh
# PostgreSQL's image sources it once, when it makes the database: the role of the web servers. So it must not end the shell.
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_USER" -v password="'$GISA_READER_PASSWORD'" -f /roles.sql
