A queue sends the caller on to one extension

Channels
  caller       PJSIP/trunk-00000001  1.1      +31612345678
  femke        PJSIP/1006-00000002   1.2 1.1  1006
  femke_again  PJSIP/1006-00000003   1.3 1.1  1006
  hanna        PJSIP/1008-00000004   1.4 1.1  1008

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
  09:00:08.0  Newexten            caller                Context=ext-local Extension=1008 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1008,15)
  09:00:08.1  Newchannel          hanna                 ChannelState=0 Exten=s
  09:00:08.1  DialBegin           caller > hanna        DialString=1008
  09:00:11.1  DialEnd             caller > hanna        DialStatus=ANSWER
  09:00:11.1  BridgeEnter         hanna                 BridgeUniqueid=b1
  09:00:11.1  BridgeEnter         caller                BridgeUniqueid=b1
  09:00:21.1  HangupRequest       caller                Cause=16
  09:00:21.1  BridgeLeave         caller                BridgeUniqueid=b1
  09:00:21.1  BridgeLeave         hanna                 BridgeUniqueid=b1
  09:00:21.1  Hangup              hanna                 Cause=16
  09:00:21.1  Hangup              caller                Cause=16

Calls
  group    outcome   by    wait  talk
  support  answered  1008  11    10
Visits
  group    outcome     wait  talk
  support  overflowed  8     0
