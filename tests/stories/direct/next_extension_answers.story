The call goes on to the next extension, where it is answered

One telephone after the other: the first let it ring until the system took the call on. Because somebody else took it, that is
no miss for the first.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  femke   PJSIP/1006-00000002   1.2 1.1  1006
  gijs    PJSIP/1007-00000003   1.3 1.1  1007

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230006
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230006 Priority=1 Application=Set AppData=FROM_DID=+31201230006
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1006 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1006,15)
  09:00:00.1  Newchannel     femke           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > femke  DialString=1006
  09:00:06.1  DialEnd        caller > femke  DialStatus=NOANSWER
  09:00:06.1  Hangup         femke           Cause=0
  09:00:06.2  Newchannel     gijs            ChannelState=0 Exten=s
  09:00:06.2  DialBegin      caller > gijs   DialString=1007
  09:00:09.2  DialEnd        caller > gijs   DialStatus=ANSWER
  09:00:09.2  BridgeEnter    gijs            BridgeUniqueid=b1
  09:00:09.2  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:29.2  HangupRequest  gijs            Cause=16
  09:00:29.2  BridgeLeave    gijs            BridgeUniqueid=b1
  09:00:29.2  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:29.2  Hangup         caller          Cause=16
  09:00:29.2  Hangup         gijs            Cause=16

Calls
  direction  outcome   by    wait  talk
  incoming   answered  1007  9     20
Legs
  extension  outcome   ring  talk
  1006       diverted  6     0
  1007       answered  3     20
Visits
  group  outcome
