An extension dials a service code

Signing in with *45401 is a conversation with the telephone system itself: no call at all.

Channels
  hanna  PJSIP/1008-00000001  1.1      1008

Events
  09:00:00.0  Newchannel        hanna  ChannelState=4 Context=from-internal Exten=*45401
  09:00:00.0  Newexten          hanna  Context=from-internal Extension=*45401 Priority=1 Application=Goto AppData=app-queue-toggle,401,1
  09:00:00.0  Newexten          hanna  Context=app-queue-toggle Extension=401 Priority=1 Application=Answer
  09:00:00.1  Newexten          hanna  Context=app-queue-toggle Extension=401 Priority=5 Application=AddQueueMember AppData=support,Local/1008@from-queue/n,0,,Hanna_van_den_Berg,hint:1008@ext-local
  09:00:00.1  QueueMemberAdded         Queue=support MemberName=Hanna_van_den_Berg Interface=Local/1008@from-queue/n Membership=dynamic Paused=0 PausedReason=
  09:00:00.2  Newexten          hanna  Context=app-queue-toggle Extension=401 Priority=12 Application=Playback AppData=beep
  09:00:00.6  Hangup            hanna  Cause=16

Calls
  direction  outcome
Legs
  extension  outcome
Visits
  group  outcome
States
  agent               from      until  state
  Hanna_van_den_Berg  09:00:00  -      available
