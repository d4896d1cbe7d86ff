CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`base_url` text NOT NULL,
	`mode` text NOT NULL,
	`enabled` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`tested_at` integer,
	`test_outcome` text
);
--> statement-breakpoint
CREATE TABLE `model_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`model_id` text NOT NULL,
	`day` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`input_tokens` integer NOT NULL,
	`cached_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	`amount` integer NOT NULL,
	`input_price` integer NOT NULL,
	`cached_price` integer NOT NULL,
	`output_price` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `model_calls_by_state` ON `model_calls` (`state`);--> statement-breakpoint
CREATE INDEX `model_calls_by_day` ON `model_calls` (`day`);--> statement-breakpoint
CREATE TABLE `offered_models` (
	`id` text PRIMARY KEY NOT NULL,
	`connection_id` text NOT NULL,
	`model` text NOT NULL,
	`label` text NOT NULL,
	`input_price` integer,
	`cached_price` integer,
	`output_price` integer,
	`max_output_tokens` integer,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `offered_models_by_connection` ON `offered_models` (`connection_id`,`position`);--> statement-breakpoint
CREATE TABLE `policies` (
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`rules` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `subject`)
);
--> statement-breakpoint
CREATE TABLE `usage_days` (
	`user_id` text NOT NULL,
	`day` text NOT NULL,
	`connection_id` text NOT NULL,
	`model_id` text NOT NULL,
	`calls` integer NOT NULL,
	`input_tokens` integer NOT NULL,
	`cached_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`user_id`, `day`, `connection_id`, `model_id`)
);
--> statement-breakpoint
CREATE INDEX `usage_days_by_day` ON `usage_days` (`day`);