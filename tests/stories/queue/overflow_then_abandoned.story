A caller gives up in the queue to which he overflowed

Channels
  caller       PJSIP/trunk-00000001  1.1      +31612345678
  femke        PJSIP/1006-00000002   1.2 1.1  1006
  femke_again  PJSIP/1006-00000003   1.3 1.1  1006
  alice        PJSIP/1001-00000004   1.4 1.1  1001

Events
  09:00:00.0  Newchannel          caller                ChannelState=4 Context=from-trunk Exten=+31201230004
  09:00:00.0  Newexten            caller                Context=from-trunk Extension=+31201230004 Priority=1 Application=Set AppData=FROM_DID=+31201230004
  09:00:00.0  Newexten            caller                Context=ext-queues Extension=401 Priority=1 Application=Answer
  09:00:00.0  Newexten            caller                Context=ext-queues Extension=401 Priority=2 Application=Queue AppData=support,tT,,,8
  09:00:00.0  QueueCallerJoin     caller                Queue=support Position=1 Count=1
  09:00:00.0  Newchannel          femke                 ChannelState=0 Exten=s
  09:00:00.0  AgentCalled         caller > femke        Queue=support Interface=PJSIP/1006 MemberName=Femke_Mulder
  09:00:00.0  DialBegin           caller > femke        DialString=1006
  09:00:05.0  AgentRingNoAnswer   caller > femke        Queue=support Interface=PJSIP/1006 MemberName=Femke_Mulder RingTime=5000
  09:00:05.0  DialEnd             caller > femke        DialStatus=NOANSWER
  09:00:05.0  DialEnd             caller > femke        DialStatus=CANCEL
  09:00:05.0  Hangup              femke                 Cause=16
  09:00:06.0  Newchannel          femke_again           ChannelState=0 Exten=s
  09:00:06.0  AgentCalled         caller > femke_again  Queue=support Interface=PJSIP/1006 MemberName=Femke_Mulder
  09:00:06.0  DialBegin           caller > femke_again  DialString=1006
  09:00:08.0  AgentRingNoAnswer   caller > femke_again  Queue=support Interface=PJSIP/1006 MemberName=Femke_Mulder RingTime=2000
  09:00:08.0  DialEnd             caller > femke_again  DialStatus=NOANSWER
  09:00:08.0  DialEnd             caller > femke_again  DialStatus=CANCEL
  09:00:08.0  Hangup              femke_again           Cause=16
  09:00:08.0  QueueCallerAbandon  caller                Queue=support Position=1 OriginalPosition=1 HoldTime=8
  09:00:08.0  QueueCallerLeave    caller                Queue=support Position=1 Count=0
  09:00:08.0  VarSet              caller                Variable=QUEUESTATUS Value=TIMEOUT
  09:00:08.0  Newexten            caller                Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:08.0  Newexten            caller                Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:08.0  QueueCallerJoin     caller                Queue=sales Position=1 Count=1
  09:00:08.1  Newchannel          alice                 ChannelState=0 Exten=s
  09:00:08.1  AgentCalled         caller > alice        Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:08.1  DialBegin           caller > alice        DialString=1001
  09:00:11.0  HangupRequest       caller
  09:00:11.0  DialEnd             caller > alice        DialStatus=CANCEL
  09:00:11.0  QueueCallerAbandon  caller                Queue=sales Position=1 OriginalPosition=1 HoldTime=3
  09:00:11.0  QueueCallerLeave    caller                Queue=sales Position=1 Count=0
  09:00:11.0  DialEnd             caller > alice        DialStatus=CANCEL
  09:00:11.0  Hangup              alice                 Cause=16
  09:00:11.0  Hangup              caller                Cause=0

Calls
  group    outcome    wait  ended_by
  support  abandoned  11    caller
Legs
  extension  outcome
  1006       bounced
  1006       bounced
  1001       missed
Visits
  group    outcome     wait  overflowed_from
  support  overflowed  8     -
  sales    abandoned   3     support
Missed
  outside       state
  +31612345678  open
