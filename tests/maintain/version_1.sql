BEGIN TRANSACTION;
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
CREATE INDEX worksheet_turn ON worksheet (turn);
COMMIT;
PRAGMA application_id = 1381453890;
PRAGMA user_version = 1;
