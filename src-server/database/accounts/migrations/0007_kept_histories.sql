CREATE TABLE `kept_histories` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`folder` text,
	`kept_at` integer NOT NULL,
	`salt` blob NOT NULL,
	`nonce` blob NOT NULL,
	`ciphertext` blob NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `kept_histories_by_user` ON `kept_histories` (`user_id`);--> statement-breakpoint
ALTER TABLE `users` ADD `history_folder` text;