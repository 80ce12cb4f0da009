/** Every limit of the wire, with its reason. Sizes in bytes of UTF-8, times in milliseconds. */
export const limits = {
  /** A message longer than this is a document; it belongs in an attachment. */
  textBytes: 16 * 1024,
  /** CHAT-6: files of one message; more is an archive. */
  messageFiles: 10,
  /** … all of them together; mail takes no more than about this either. */
  messageFilesBytes: 35 * 1024 * 1024,
  /** One part of an upload: what a slow line carries within the 30 s that a request may take. */
  filePartBytes: 1024 * 1024,
  /** A file's name, as people see it; file systems take 255 bytes. */
  fileNameCharacters: 120,
  /** Name, e-mail, phone, subject: what fits a form field. */
  fieldCharacters: 256,
  /** A page's address; longer ones are tracking parameters. */
  urlCharacters: 2048,
  /** A note or another text in a wrap-up. */
  noteBytes: 16 * 1024,
  /** An e-mail address: RFC 5321 allows no longer one. */
  addressCharacters: 254,
  /** END-6: mails of one interaction that wait to be sent; more is a double click. */
  transcriptsWaiting: 5,
  /** END-6: transcripts that one agent sends within an hour: one a minute is the busiest. */
  agentTranscriptsPerHour: 60,
  /** … that one customer asks for: they have one conversation. */
  customerTranscriptsPerHour: 5,
  dispositions: 20,
  /** Labels on one interaction. */
  tags: 20,
  /** Answers of one wrap-up: no script is longer. */
  answers: 50,
  /** Keys and values that travel with an interaction; set at once. */
  dataKeys: 50,
  dataKeyCharacters: 64,
  dataCharacters: 1024,
  /** A workbin longer than this is nobody's to remember; with 12 chats its copies still fit the cursors. */
  parked: 40,
  /** Open promises of one agent. */
  commitments: 50,
  /** HAND-7: interactions that one supervisor listens to at once; nobody follows more chats than they may hold. */
  listening: 12,
  /** One text of 16 KiB with every byte escaped as six (`\u0001`), and what stands beside it, still fits. */
  frameUpBytes: 128 * 1024,
  /** One batch: what a slow phone line carries in a second or two. */
  frameDownBytes: 256 * 1024,
  /** An agent's snapshot; the other half of their first frame is the set-up's. Words that have no room are cut. */
  snapshotBytes: 120 * 1024,
  /** Capacity 12 chats (CAP-3), parked and wrapping ones beside them: five times that. */
  cursors: 60,
  /** Tokens are about 400 bytes. */
  tokenCharacters: 2048,
  /** Commands of one socket: a person's burst, a desk emptying its outbox after an hour offline. */
  agentCommandsPerSecond: 200,
  agentCommandsBurst: 600,
  customerCommandsPerSecond: 20,
  customerCommandsBurst: 60,
  /** All frames of one socket, acknowledgements and heartbeats included. */
  framesPerSecond: 1000,
  framesBurst: 3000,
  /** Hello must come at once; a socket without it only costs. */
  helloMs: 10_000,
  /** Chrome stops an idle worker after 30 s; STATE-8. */
  agentHeartbeatMs: 10_000,
  agentSilenceMs: 25_000,
  customerHeartbeatMs: 20_000,
  customerSilenceMs: 50_000,
  /** CHAT-4. */
  typingHeldMs: 10_000,
  typingEveryMs: 3_000,
  /** Delivered and read marks are coalesced. */
  marksEveryMs: 400,
  /** STATE-5: a shorter status needs no countdown, a longer one is a holiday. */
  statusMsMin: 60_000,
  statusMsMax: 24 * 60 * 60_000,
  /** ROUTE-7. */
  positionEveryMs: 10_000,
  positionExactTo: 50,
  /** CHAT-17: words to colleagues, of one socket. */
  instantsPerSecond: 5,
  instantsBurst: 20,
  /** A desk that has not shown it by then is not there. */
  instantShownMs: 5_000,
  /** Questions of one desk: why somebody waits costs a look at every agent. */
  questionsPerSecond: 5,
  questionsBurst: 20,
  /** Pieces of an agent's work in one answer; there are further questions. */
  heldRows: 50,
  /** HAND-1: rows that one screen shows. */
  directoryRows: 100,
  searchCharacters: 64,
  /** What is shown of the directory is told this often; a new search or page is answered sooner. */
  directoryEveryMs: 1_000,
  directoryAnswerMs: 250,
  /** A reader that lets this much wait unsent is closed and resumes from its cursor. */
  unsentBytes: 1024 * 1024,
  /** Sockets of one customer (tabs) and of one address; more is not a person. */
  customerSockets: 20,
} as const;
