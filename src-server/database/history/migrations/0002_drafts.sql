CREATE TABLE `drafts` (
	`key` text PRIMARY KEY NOT NULL,
	`thread_id` text,
	`body` text NOT NULL,
	`attachments` text NOT NULL,
	`revision` integer NOT NULL,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
