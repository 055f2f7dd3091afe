insert into labels (name) values ('one'); insert into labels (name) values ('two'); -- a comment
