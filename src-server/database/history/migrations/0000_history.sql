CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `items` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`thread_id` text NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `items_by_id` ON `items` (`thread_id`,`id`);--> statement-breakpoint
CREATE INDEX `items_by_thread` ON `items` (`thread_id`,`sequence`);--> statement-breakpoint
CREATE TABLE `threads` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`created_at` text NOT NULL,
	`title` text,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `threads_id_unique` ON `threads` (`id`);--> statement-breakpoint
CREATE INDEX `threads_by_creation` ON `threads` (`created_at`,`sequence`);