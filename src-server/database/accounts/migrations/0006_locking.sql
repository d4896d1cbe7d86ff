ALTER TABLE `sessions` ADD `active_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `lock_after_minutes` integer;