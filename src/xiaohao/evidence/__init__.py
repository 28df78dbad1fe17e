"""What a sentence, a record or a file proves: facts and claims found in a text, and the rows that stand behind them."""
