"""A company with a telephone system that behaves: speaks real AMI, writes history, and knows the truth."""
