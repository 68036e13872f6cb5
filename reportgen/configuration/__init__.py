"""What a tenant's administrator changes: one declaration per kind; forms, CSV and the API follow."""
