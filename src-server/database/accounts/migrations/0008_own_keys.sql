ALTER TABLE `model_calls` ADD `key_owner` text DEFAULT 'installation' NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_days` ADD `own_key_calls` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_days` ADD `own_key_tokens` integer DEFAULT 0 NOT NULL;