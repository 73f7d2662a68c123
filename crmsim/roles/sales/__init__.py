from crmsim.engine.action import Action
from crmsim.engine.desk import Table

actions: tuple[type[Action], ...] = ()
tables: tuple[Table, ...] = ()
