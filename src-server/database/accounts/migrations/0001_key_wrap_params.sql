ALTER TABLE `key_wraps` ADD `params` text;--> statement-breakpoint
UPDATE `key_wraps` SET `params` = 'm=19456,t=2,p=1' WHERE `kind` = 'password';