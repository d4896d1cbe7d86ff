-- Full text of items and of thread titles. The rowids are the sequences of the rows that they belong to; triggers
-- follow deletions, so that no cascade can leave text behind.
CREATE VIRTUAL TABLE item_text USING fts5(text, tokenize = "unicode61 remove_diacritics 2");
--> statement-breakpoint
CREATE VIRTUAL TABLE title_text USING fts5(text, tokenize = "unicode61 remove_diacritics 2");
--> statement-breakpoint
CREATE TRIGGER item_text_deleted AFTER DELETE ON items BEGIN
  DELETE FROM item_text WHERE rowid = old.sequence;
END;
--> statement-breakpoint
CREATE TRIGGER title_text_deleted AFTER DELETE ON threads BEGIN
  DELETE FROM title_text WHERE rowid = old.sequence;
END;
