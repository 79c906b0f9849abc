BEGIN TRANSACTION;
CREATE TABLE account (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	password TEXT,
	created TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (folded)
);
INSERT INTO "account" VALUES('ca5ed3fe-50c1-43a7-8bf0-527ee54e5804','Ana','ana','$argon2id$v=19$m=65536,t=3,p=4$aLMaP3+tg7zTiF/GC3EVEA$SkX99PWnFrfyKaRVErnYtfR1blghYR+nMtmH4oZ8978','2027-03-01T09:00:00.000000+00:00');
CREATE TABLE agreed (
	id TEXT NOT NULL,
	cohort TEXT NOT NULL,
	what TEXT NOT NULL,
	owner TEXT NOT NULL,
	due DATE NOT NULL,
	at TEXT NOT NULL,
	review TEXT,
	PRIMARY KEY (id),
	FOREIGN KEY(cohort) REFERENCES cohort (id) ON DELETE CASCADE
);
INSERT INTO "agreed" VALUES('87393cbe-ff2a-4f62-9568-9d5b2624c191','6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8','Call the supplier','Lin','2027-03-08','2027-03-01T09:00:00.000000+00:00',NULL);
CREATE TABLE ballot (
	poll TEXT NOT NULL,
	member TEXT NOT NULL,
	value TEXT,
	guess TEXT,
	shared BOOLEAN NOT NULL,
	step INTEGER,
	PRIMARY KEY (poll, member),
	FOREIGN KEY(member) REFERENCES member (id) ON DELETE CASCADE,
	FOREIGN KEY(poll) REFERENCES poll (id) ON DELETE CASCADE
);
INSERT INTO "ballot" VALUES('b1da79fa-1556-4ba1-aefa-e4daea2b57db','9c1c70f7-cc6b-459a-a05f-f7fa431bb994','"yes"',NULL,0,NULL);
CREATE TABLE "cohort" (
	id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	host TEXT NOT NULL, 
	created TEXT NOT NULL, 
	ends DATE NOT NULL, 
	erase_on DATE NOT NULL, 
	in_teams BOOLEAN NOT NULL, 
	sees_answers BOOLEAN NOT NULL, 
	open BOOLEAN NOT NULL, 
	join_code TEXT, 
	joins_left INTEGER, 
	join_seed TEXT, 
	day DATE, 
	ended TEXT, 
	dated TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(owner) REFERENCES account (id)
);
INSERT INTO "cohort" VALUES('6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8','Spring class','ca5ed3fe-50c1-43a7-8bf0-527ee54e5804','Acme','2027-03-01T09:00:00.000000+00:00','2027-03-04','2027-03-31',0,0,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "cohort" VALUES('97da9196-f095-40a3-9577-309372a19a45','Autumn class','ca5ed3fe-50c1-43a7-8bf0-527ee54e5804','Acme','2027-03-01T09:00:00.000000+00:00','2027-03-04','2027-03-31',0,0,1,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE current (
	worksheet TEXT NOT NULL,
	field TEXT NOT NULL,
	value TEXT,
	rev INTEGER NOT NULL,
	origin INTEGER NOT NULL,
	PRIMARY KEY (worksheet, field),
	FOREIGN KEY(worksheet) REFERENCES worksheet (id) ON DELETE CASCADE
);
INSERT INTO "current" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda','breaks','"yes"',1,1);
INSERT INTO "current" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda','hopes','"O''Neil; two\nlines"',1,1);
INSERT INTO "current" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda','candidates/r1','1.0',1,1);
INSERT INTO "current" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda','candidates/r1/what',NULL,2,0);
INSERT INTO "current" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda','fears',NULL,2,2);
CREATE TABLE device (
	token TEXT NOT NULL,
	member TEXT,
	account TEXT,
	since TEXT NOT NULL,
	seen TEXT NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(account) REFERENCES account (id) ON DELETE CASCADE,
	FOREIGN KEY(member) REFERENCES member (id) ON DELETE CASCADE
);
INSERT INTO "device" VALUES('46d23ff7e737e981906aa7c8ef3f68198defa5029cced1341aa757bdb75e20d9','9c1c70f7-cc6b-459a-a05f-f7fa431bb994',NULL,'2027-03-01T09:00:00.000000+00:00','2027-03-01T09:00:00.000000+00:00');
CREATE TABLE earlier_name (
	member TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (member, name),
	FOREIGN KEY(member) REFERENCES member (id) ON DELETE CASCADE
);
CREATE TABLE eligible (
	poll TEXT NOT NULL,
	member TEXT NOT NULL,
	PRIMARY KEY (poll, member),
	FOREIGN KEY(member) REFERENCES member (id) ON DELETE CASCADE,
	FOREIGN KEY(poll) REFERENCES poll (id) ON DELETE CASCADE
);
INSERT INTO "eligible" VALUES('b1da79fa-1556-4ba1-aefa-e4daea2b57db','44b477ec-c5f7-4c24-a3fb-4cfa38255496');
INSERT INTO "eligible" VALUES('b1da79fa-1556-4ba1-aefa-e4daea2b57db','9c1c70f7-cc6b-459a-a05f-f7fa431bb994');
INSERT INTO "eligible" VALUES('b1da79fa-1556-4ba1-aefa-e4daea2b57db','a92af5f1-490f-4a79-af35-b9c51e214ae9');
CREATE TABLE erased (
	worksheet TEXT NOT NULL,
	workspace TEXT NOT NULL,
	PRIMARY KEY (worksheet),
	FOREIGN KEY(workspace) REFERENCES workspace (id) ON DELETE CASCADE
);
INSERT INTO "erased" VALUES('1567119a-59a9-4224-a82c-0353eab167db','solo');
CREATE TABLE event (
	worksheet TEXT NOT NULL,
	line INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	field TEXT NOT NULL,
	value TEXT,
	base_rev INTEGER NOT NULL,
	rev INTEGER,
	origin INTEGER,
	erased BOOLEAN NOT NULL,
	PRIMARY KEY (worksheet, line),
	FOREIGN KEY(worksheet, seq) REFERENCES operation (worksheet, seq) ON DELETE CASCADE,
	UNIQUE (worksheet, seq, field),
	UNIQUE (worksheet, field, rev)
);
INSERT INTO "event" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',1,1,'breaks','"yes"',0,1,1,0);
INSERT INTO "event" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',2,2,'hopes','"O''Neil; two\nlines"',0,1,1,0);
INSERT INTO "event" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',3,3,'candidates/r1','1.0',0,1,1,0);
INSERT INTO "event" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',4,4,'candidates/r1/what','["a", "b"]',0,1,1,0);
INSERT INTO "event" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',5,5,'breaks','"no"',0,NULL,NULL,0);
INSERT INTO "event" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',6,6,'candidates/r1/what',NULL,1,2,0,0);
INSERT INTO "event" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',7,7,'fears',NULL,0,1,1,1);
INSERT INTO "event" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',8,8,'fears',NULL,1,2,2,1);
CREATE TABLE hands (
	poll TEXT NOT NULL,
	choice TEXT NOT NULL,
	count INTEGER NOT NULL,
	PRIMARY KEY (poll, choice),
	FOREIGN KEY(poll) REFERENCES poll (id) ON DELETE CASCADE
);
CREATE TABLE invitation (
	token TEXT NOT NULL,
	account TEXT NOT NULL,
	expires TEXT NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(account) REFERENCES account (id) ON DELETE CASCADE
);
CREATE TABLE level_ballot (
	round TEXT NOT NULL, 
	member TEXT NOT NULL, 
	levels TEXT, 
	PRIMARY KEY (round, member), 
	FOREIGN KEY(member) REFERENCES member (id) ON DELETE CASCADE, 
	FOREIGN KEY(round) REFERENCES level_round (id) ON DELETE CASCADE
);
INSERT INTO "level_ballot" VALUES('9e5f2d6a-6a5b-4a7e-8a53-2b1f7c0e6a02','9c1c70f7-cc6b-459a-a05f-f7fa431bb994',NULL);
CREATE TABLE level_round (
	id TEXT NOT NULL, 
	team TEXT NOT NULL, 
	opened TEXT NOT NULL, 
	closed TEXT, 
	result TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(team) REFERENCES team (id) ON DELETE CASCADE
);
INSERT INTO "level_round" VALUES('9e5f2d6a-6a5b-4a7e-8a53-2b1f7c0e6a02','0a4f5b3e-1e8e-4d57-9d9a-0c6c4b0d7f21','2027-03-01T10:00:00.000000+00:00',NULL,NULL);
CREATE TABLE member (
	id TEXT NOT NULL,
	cohort TEXT NOT NULL,
	role TEXT NOT NULL,
	name TEXT NOT NULL,
	workspace TEXT NOT NULL,
	account TEXT,
	team TEXT,
	resume TEXT,
	relinked TEXT,
	relinked_by TEXT,
	joined TEXT NOT NULL, resume_once BOOLEAN DEFAULT '0' NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(account) REFERENCES account (id),
	FOREIGN KEY(cohort) REFERENCES cohort (id) ON DELETE CASCADE,
	FOREIGN KEY(team) REFERENCES team (id) ON DELETE SET NULL,
	FOREIGN KEY(workspace) REFERENCES workspace (id) ON DELETE CASCADE,
	UNIQUE (resume)
);
INSERT INTO "member" VALUES('44b477ec-c5f7-4c24-a3fb-4cfa38255496','6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8','trainer','Ana','22d043e8-6558-4a5a-856f-029b4af5a855','ca5ed3fe-50c1-43a7-8bf0-527ee54e5804',NULL,NULL,NULL,NULL,'2027-03-01T09:00:00.000000+00:00',0);
INSERT INTO "member" VALUES('9c1c70f7-cc6b-459a-a05f-f7fa431bb994','6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8','participant','Lin','8e924b49-2887-4e44-8bc0-63f7e2d65c11',NULL,'0a4f5b3e-1e8e-4d57-9d9a-0c6c4b0d7f21','fcf76da9d2d5232305cf1a989b76017c66fe4c3efc53fc650fc1d144a8e2d388',NULL,NULL,'2027-03-01T09:00:00.000000+00:00',0);
INSERT INTO "member" VALUES('a92af5f1-490f-4a79-af35-b9c51e214ae9','6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8','participant','Kim','2ba508d6-b839-4ab3-b3a3-bcfa322a9490',NULL,NULL,NULL,NULL,NULL,'2027-03-01T09:00:00.000000+00:00',0);
INSERT INTO "member" VALUES('660c18a1-74f5-4efc-bd2f-fab837c302aa','97da9196-f095-40a3-9577-309372a19a45','trainer','Ana','a4eb1fbc-f9a7-440d-8334-0b5d8145681b','ca5ed3fe-50c1-43a7-8bf0-527ee54e5804',NULL,NULL,NULL,NULL,'2027-03-01T09:00:00.000000+00:00',0);
INSERT INTO "member" VALUES('ff6fc70a-d45a-4c38-aa86-bcff142d15d7','97da9196-f095-40a3-9577-309372a19a45','participant','Eve','31285abf-e5d9-4f07-9548-51689b281144',NULL,NULL,NULL,NULL,NULL,'2027-03-01T09:00:00.000000+00:00',0);
CREATE TABLE offer (
	id TEXT NOT NULL,
	cohort TEXT NOT NULL,
	workspace TEXT NOT NULL,
	title TEXT NOT NULL,
	page TEXT NOT NULL,
	at TEXT NOT NULL,
	side INTEGER,
	PRIMARY KEY (id),
	FOREIGN KEY(cohort) REFERENCES cohort (id) ON DELETE CASCADE,
	FOREIGN KEY(workspace) REFERENCES workspace (id) ON DELETE CASCADE
);
CREATE TABLE operation (
	worksheet TEXT NOT NULL,
	seq INTEGER NOT NULL,
	op_id TEXT NOT NULL,
	device TEXT NOT NULL,
	kind TEXT NOT NULL,
	version INTEGER NOT NULL,
	at TEXT NOT NULL,
	undoes INTEGER,
	settles INTEGER,
	PRIMARY KEY (worksheet, seq),
	UNIQUE (worksheet, op_id),
	UNIQUE (worksheet, undoes),
	UNIQUE (worksheet, settles),
	FOREIGN KEY(worksheet) REFERENCES worksheet (id) ON DELETE CASCADE
);
INSERT INTO "operation" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',1,'op-1','laptop','set',1,'2027-01-04T09:00:03.000000+00:00',NULL,NULL);
INSERT INTO "operation" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',2,'op-2','laptop','set',1,'2027-01-04T09:00:04.000000+00:00',NULL,NULL);
INSERT INTO "operation" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',3,'op-3','laptop','set',1,'2027-01-04T09:00:05.000000+00:00',NULL,NULL);
INSERT INTO "operation" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',4,'op-4','laptop','set',1,'2027-01-04T09:00:06.000000+00:00',NULL,NULL);
INSERT INTO "operation" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',5,'op-5','phone','set',1,'2027-01-04T09:00:07.000000+00:00',NULL,NULL);
INSERT INTO "operation" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',6,'op-6','laptop','undo',1,'2027-01-04T09:00:08.000000+00:00',4,NULL);
INSERT INTO "operation" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',7,'op-7','laptop','set',1,'2027-01-04T09:00:09.000000+00:00',NULL,NULL);
INSERT INTO "operation" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda',8,'610930d7-223c-4980-accb-accfe01fbc7d','laptop','erased',1,'2027-01-04T09:00:10.000000+00:00',NULL,NULL);
CREATE TABLE pairing (
	code TEXT NOT NULL,
	member TEXT NOT NULL,
	expires TEXT NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(member) REFERENCES member (id) ON DELETE CASCADE
);
CREATE TABLE "poll" (
	id TEXT NOT NULL, 
	cohort TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	sheet TEXT NOT NULL, 
	question TEXT NOT NULL, 
	asked TEXT NOT NULL, 
	about TEXT NOT NULL, 
	about_people BOOLEAN NOT NULL, 
	guess BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	hands TEXT, 
	form TEXT DEFAULT '' NOT NULL, 
	"before" TEXT, 
	fact TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT poll_before FOREIGN KEY("before") REFERENCES poll (id) ON DELETE SET NULL, 
	FOREIGN KEY(cohort) REFERENCES cohort (id) ON DELETE CASCADE
);
INSERT INTO "poll" VALUES('b1da79fa-1556-4ba1-aefa-e4daea2b57db','6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8',1,'catalyst','candidates/urgent','{"id":"urgent","kind":"answer","text":"Is it urgent to act now?","short":"Urgent","why":"Urgency gets you attention and protects the time you will ask for.","example":"Yes: “Our largest client decides in spring.” No: “We should look into it some day.”","rows":["CAT-04","CAT-10"],"choices":[],"table":null,"ask_if":[],"optional":false,"private":false,"max_length":null,"unit":"","low":null,"high":null,"whole":false}','',0,0,'open',NULL,'',NULL,NULL);
CREATE TABLE prepared (
	id TEXT NOT NULL, 
	cohort TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	asked TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(cohort) REFERENCES cohort (id) ON DELETE CASCADE
);
INSERT INTO "prepared" VALUES('5b0f2f0c-8df1-4f0e-a1e5-74f2a8a2a001','6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8',1,'{"form":"yes_no","text":"Would it work in your unit?","lead":"","choices":[],"axes":null,"unit":"","fact":null}');
CREATE TABLE published (
	poll TEXT NOT NULL,
	step INTEGER NOT NULL,
	at TEXT NOT NULL,
	result TEXT NOT NULL,
	PRIMARY KEY (poll, step),
	FOREIGN KEY(poll) REFERENCES poll (id) ON DELETE CASCADE
);
CREATE TABLE room (
	cohort TEXT NOT NULL,
	version INTEGER NOT NULL,
	desk INTEGER NOT NULL,
	sheet TEXT,
	note TEXT,
	timer_ends TEXT,
	PRIMARY KEY (cohort),
	FOREIGN KEY(cohort) REFERENCES cohort (id) ON DELETE CASCADE
);
INSERT INTO "room" VALUES('6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8',3,1,NULL,NULL,NULL);
INSERT INTO "room" VALUES('97da9196-f095-40a3-9577-309372a19a45',1,0,NULL,NULL,NULL);
CREATE TABLE team (
	id TEXT NOT NULL,
	cohort TEXT NOT NULL,
	name TEXT NOT NULL,
	workspace TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(cohort) REFERENCES cohort (id) ON DELETE CASCADE,
	FOREIGN KEY(workspace) REFERENCES workspace (id) ON DELETE CASCADE
);
INSERT INTO "team" VALUES('0a4f5b3e-1e8e-4d57-9d9a-0c6c4b0d7f21','6f674c6b-2f8c-4a9b-bd7a-5696f54fdee8','North','7d0f9f4e-53f4-4c0d-8d44-0f6f3a0a5b11');
CREATE TABLE tombstone (
	id TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE tray (
	id TEXT NOT NULL, 
	poll TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	heading TEXT NOT NULL, 
	shown BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(poll) REFERENCES poll (id) ON DELETE CASCADE
);
CREATE TABLE upkeep (
	untidy BOOLEAN NOT NULL
);
INSERT INTO "upkeep" VALUES(0);
CREATE TABLE worksheet (
	id TEXT NOT NULL,
	workspace TEXT NOT NULL,
	sheet TEXT NOT NULL,
	name TEXT NOT NULL,
	created TEXT NOT NULL,
	changed TEXT NOT NULL,
	turn INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(workspace) REFERENCES workspace (id) ON DELETE CASCADE
);
INSERT INTO "worksheet" VALUES('75b2d008-5c13-4d6d-ab05-d24c5af24eda','solo','catalyst','Our brokerage','2027-01-04T09:00:02.000000+00:00','2027-01-04T09:00:10.000000+00:00',9,8);
CREATE TABLE workspace (
	id TEXT NOT NULL,
	created TEXT NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "workspace" VALUES('solo','2027-01-04T09:00:01.000000+00:00');
INSERT INTO "workspace" VALUES('22d043e8-6558-4a5a-856f-029b4af5a855','2027-03-01T09:00:00.000000+00:00');
INSERT INTO "workspace" VALUES('8e924b49-2887-4e44-8bc0-63f7e2d65c11','2027-03-01T09:00:00.000000+00:00');
INSERT INTO "workspace" VALUES('2ba508d6-b839-4ab3-b3a3-bcfa322a9490','2027-03-01T09:00:00.000000+00:00');
INSERT INTO "workspace" VALUES('a4eb1fbc-f9a7-440d-8334-0b5d8145681b','2027-03-01T09:00:00.000000+00:00');
INSERT INTO "workspace" VALUES('31285abf-e5d9-4f07-9548-51689b281144','2027-03-01T09:00:00.000000+00:00');
INSERT INTO "workspace" VALUES('7d0f9f4e-53f4-4c0d-8d44-0f6f3a0a5b11','2027-03-01T10:00:00.000000+00:00');
CREATE INDEX worksheet_turn ON worksheet (turn);
CREATE INDEX member_cohort ON member (cohort);
CREATE INDEX device_member ON device (member);
CREATE INDEX tray_poll ON tray (poll);
CREATE INDEX poll_cohort ON poll (cohort);
CREATE INDEX level_round_team ON level_round (team);
COMMIT;
PRAGMA application_id = 1381453890;
PRAGMA user_version = 4;
