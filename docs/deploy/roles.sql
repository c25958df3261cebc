-- The role of the web servers: it reads what there is and what upgrades add, and writes nothing. Run it as the writer's role.
-- psql -v password="'…'" -f roles.sql
CREATE ROLE gisa_reader LOGIN PASSWORD :password;
GRANT USAGE ON SCHEMA public TO gisa_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO gisa_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO gisa_reader;
