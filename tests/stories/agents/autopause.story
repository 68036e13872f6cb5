An agent who does not answer is paused by the queue

The reason that Asterisk gives is Auto-Pause.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  QueueMemberAdded                    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:01:00.0  Newchannel          caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:01:00.0  Newexten            caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:01:00.0  Newexten            caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:01:00.0  Newexten            caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:01:00.0  QueueCallerJoin     caller          Queue=sales Position=1 Count=1
  09:01:00.0  Newchannel          alice           ChannelState=0 Exten=s
  09:01:00.0  AgentCalled         caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:01:00.0  DialBegin           caller > alice  DialString=1001
  09:01:06.0  AgentRingNoAnswer   caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen RingTime=6000
  09:01:06.0  DialEnd             caller > alice  DialStatus=NOANSWER
  09:01:06.0  DialEnd             caller > alice  DialStatus=CANCEL
  09:01:06.0  Hangup              alice           Cause=16
  09:01:06.0  QueueMemberPause                    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=1 PausedReason=Auto-Pause
  09:01:10.0  HangupRequest       caller
  09:01:10.0  QueueCallerAbandon  caller          Queue=sales Position=1 OriginalPosition=1 HoldTime=10
  09:01:10.0  QueueCallerLeave    caller          Queue=sales Position=1 Count=0
  09:01:10.0  Hangup              caller          Cause=0

Calls
  outcome    wait
  abandoned  10
Legs
  extension  outcome  ring
  1001       bounced  6
States
  agent          from      until     state        reason
  Alice_Janssen  09:00:00  09:01:00  available    -
  Alice_Janssen  09:01:00  09:01:06  ringing      -
  Alice_Janssen  09:01:06  -         unavailable  Auto-Pause
Missed
  outside       state
  +31612345678  open
