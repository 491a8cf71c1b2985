"""The one door between the glass and the floors below: who may act, what is stored, what is shown."""
