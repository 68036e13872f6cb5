A menu, a key, and then one extension

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  gijs    PJSIP/1007-00000002   1.2 1.1  1007

Events
  09:00:00.0  Newchannel     caller         ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten       caller         Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten       caller         Context=ivr-1 Extension=s Priority=1 Application=Answer
  09:00:00.1  Newexten       caller         Context=ivr-1 Extension=s Priority=3 Application=BackGround AppData=welcome
  09:00:05.0  Newexten       caller         Context=ivr-1 Extension=2 Priority=1 Application=Goto AppData=ext-local,1007,1
  09:00:05.0  Newexten       caller         Context=ext-local Extension=1007 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1007,15)
  09:00:05.0  Newchannel     gijs           ChannelState=0 Exten=s
  09:00:05.0  DialBegin      caller > gijs  DialString=1007
  09:00:08.0  DialEnd        caller > gijs  DialStatus=ANSWER
  09:00:08.0  BridgeEnter    gijs           BridgeUniqueid=b1
  09:00:08.0  BridgeEnter    caller         BridgeUniqueid=b1
  09:00:18.0  HangupRequest  caller         Cause=16
  09:00:18.0  BridgeLeave    caller         BridgeUniqueid=b1
  09:00:18.0  BridgeLeave    gijs           BridgeUniqueid=b1
  09:00:18.0  Hangup         gijs           Cause=16
  09:00:18.0  Hangup         caller         Cause=16

Calls
  outcome   ddi           by    wait  talk
  answered  +31201230001  1007  3     10
Legs
  kind          extension  outcome   ring  talk
  extension     1007       answered  3     10
  announcement  -          diverted  0     0
Visits
  group  outcome
