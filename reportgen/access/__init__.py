"""Who may see what: accounts, sign-in, tokens, roles, editions; and the trail of what everybody did."""
