#!/bin/sh
# PostgreSQL's image runs it once, when it makes the database: the role of the web servers.
exec psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_USER" -v password="'$GISA_READER_PASSWORD'" -f /roles.sql
