"""The demo's simulated spread: whole counts by month and beat under every total that the example's assessment prints.

`constraints` reads what is printed, `fitting` shares whole numbers out exactly, `months` makes the counts, `loading` keeps them.
"""
