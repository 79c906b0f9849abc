"""Pictures that rows are moved in, one package a topic: each a view of the form."""
