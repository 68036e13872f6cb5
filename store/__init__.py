"""The shared database: vocabulary, tables, migrations, roles, connections and the organisation's data.

Every other package meets the others here and nowhere else; this package imports none of them.
"""
