CREATE TABLE `sign_in_failures` (
	`key` blob PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`failures` integer NOT NULL,
	`last_failed_at` integer NOT NULL,
	`locked_until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_failures_by_time` ON `sign_in_failures` (`last_failed_at`);