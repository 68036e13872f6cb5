A caller gives up while the queue looks for the next agent

Alice had let it ring; at the moment of giving up nobody was being rung.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel          caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten            caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten            caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten            caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin     caller          Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel          alice           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled         caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin           caller > alice  DialString=1001
  09:00:06.1  AgentRingNoAnswer   caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen RingTime=6000
  09:00:06.1  DialEnd             caller > alice  DialStatus=NOANSWER
  09:00:06.1  DialEnd             caller > alice  DialStatus=CANCEL
  09:00:06.1  Hangup              alice           Cause=16
  09:00:09.1  HangupRequest       caller
  09:00:09.1  QueueCallerAbandon  caller          Queue=sales Position=1 OriginalPosition=1 HoldTime=9
  09:00:09.1  QueueCallerLeave    caller          Queue=sales Position=1 Count=0
  09:00:09.1  Hangup              caller          Cause=0

Calls
  outcome    wait  ring
  abandoned  9     6
Legs
  extension  outcome  ring
  1001       bounced  6
Visits
  group  outcome    wait
  sales  abandoned  9
Missed
  outside       state
  +31612345678  open
