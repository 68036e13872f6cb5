The telephone system restarts with calls up

It ends all calls itself, as if everybody hung up, but without anybody's HangupRequest, and says Shutdown a second later. Who was talking
was answered; who was ringing or waiting lost his call to a failure.

Channels
  caller   PJSIP/trunk-00000001  1.1      +31612345678
  alice    PJSIP/1001-00000002   1.2 1.1  1001
  ringing  PJSIP/trunk-00000003  1.3      +31687654321
  bram     PJSIP/1002-00000004   1.4 1.3  1002
  waiting  PJSIP/trunk-00000005  1.5      +31699998888

Events
  09:00:00.0  Newchannel          caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten            caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel          alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin           caller > alice  DialString=1001
  09:00:03.1  DialEnd             caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter         alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter         caller          BridgeUniqueid=b1
  09:00:20.0  Newchannel          ringing         ChannelState=4 Context=from-trunk Exten=+31201230007
  09:00:20.0  Newexten            ringing         Context=from-trunk Extension=+31201230007 Priority=1 Application=Set AppData=FROM_DID=+31201230007
  09:00:20.1  Newchannel          bram            ChannelState=0 Exten=s
  09:00:20.1  DialBegin           ringing > bram  DialString=1002
  09:00:22.0  Newchannel          waiting         ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:22.0  Newexten            waiting         Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:22.0  Newexten            waiting         Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:22.0  Newexten            waiting         Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:22.0  QueueCallerJoin     waiting         Queue=sales Position=1 Count=1
  09:00:30.1  DialEnd             ringing > bram  DialStatus=CANCEL
  09:00:30.1  Hangup              bram            Cause=16
  09:00:30.1  Hangup              ringing         Cause=16
  09:00:30.1  QueueCallerAbandon  waiting         Queue=sales Position=1 OriginalPosition=1 HoldTime=8
  09:00:30.1  QueueCallerLeave    waiting         Queue=sales Position=1 Count=0
  09:00:30.1  Hangup              waiting         Cause=0
  09:00:30.1  BridgeLeave         alice           BridgeUniqueid=b1
  09:00:30.1  BridgeLeave         caller          BridgeUniqueid=b1
  09:00:30.1  Hangup              alice           Cause=16
  09:00:30.1  Hangup              caller          Cause=16
  09:00:31.2  Shutdown                            Shutdown=Cleanly Restart=True
  09:00:31.3  (connection lost)
  09:00:34.0  FullyBooted                         Status=Fully_Booted Uptime=1 LastReload=1

Calls
  caller        outcome   wait  talk  ended_by  inferred
  +31612345678  answered  3     27    pbx       no
  +31687654321  failed    10    0     pbx       no
  +31699998888  failed    8     0     pbx       no
Missed
  outside       state
  +31687654321  open
  +31699998888  open
