"""What a round says to a co-ordinator: reasons, advice, choices, comparison, fairness."""
