#!/bin/sh
# Runs once, when the database is made: a login for each service, with the password that stands in its address.
set -eu

for service in exporter aggregator report; do
	address=$(cat "/run/secrets/${service}_database_url")
	login=${address#postgresql://}
	login=${login%%:*}
	password=${address#postgresql://*:}
	password=${password%%@*}
	psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
		--set login="$login" --set password="$password" --set member_of="gespreksrapportage_$service" <<-'SQL'
		SELECT format('CREATE ROLE %I NOLOGIN', :'member_of')
		WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'member_of') \gexec
		CREATE ROLE :"login" LOGIN PASSWORD :'password' IN ROLE :"member_of";
	SQL
done
