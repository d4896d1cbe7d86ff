CREATE INDEX `audit_by_actor_and_action` ON `audit` (`actor_id`,`action`,`sequence`);--> statement-breakpoint
CREATE INDEX `audit_by_subject_and_action` ON `audit` (`subject_id`,`action`,`sequence`);--> statement-breakpoint
CREATE INDEX `sessions_by_use` ON `sessions` (`last_used_at`,`id`);