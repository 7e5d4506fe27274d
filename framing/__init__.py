"""framing: bias and framing analysis of news.

Marks every loaded term, attribution and hedge together with whose voice it stands in, counts them with honest
uncertainty, compares outlets on them, and prints a report in which every number can be traced back to its words.
"""

__version__ = "0.1.0"
