A queue sends the caller on to another queue after eight seconds

Asterisk announces QueueCallerAbandon although nobody hung up; only QUEUESTATUS and what follows tell that the queue sent the caller
on. The whole waiting time is the call's, each queue's own part is its visit's.

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
  09:00:12.1  DialEnd             caller > alice        DialStatus=ANSWER
  09:00:12.1  QueueCallerLeave    caller                Queue=sales Position=1 Count=0
  09:00:12.1  AgentConnect        caller > alice        Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4
  09:00:12.1  BridgeEnter         alice                 BridgeUniqueid=b1
  09:00:12.1  BridgeEnter         caller                BridgeUniqueid=b1
  09:00:22.1  HangupRequest       caller                Cause=16
  09:00:22.1  AgentComplete       caller > alice        Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=10 Reason=caller
  09:00:22.1  BridgeLeave         caller                BridgeUniqueid=b1
  09:00:22.1  BridgeLeave         alice                 BridgeUniqueid=b1
  09:00:22.1  Hangup              alice                 Cause=16
  09:00:22.1  Hangup              caller                Cause=16

Calls
  ddi           group    also_groups  outcome   by    wait  talk
  +31201230004  support  sales        answered  1001  12    10
Legs
  extension  group    outcome   ring
  1006       support  bounced   5
  1006       support  bounced   2
  1001       sales    answered  4
Visits
  group    outcome     wait  agent          overflowed_from
  support  overflowed  8     -              -
  sales    answered    4     Alice_Janssen  support
