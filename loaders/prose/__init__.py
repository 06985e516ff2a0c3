"""Reading running text: segments, sentences, names, dates, numbers."""
