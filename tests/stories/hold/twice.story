A call is held twice

5 and 7.5 seconds: rounded once, when they have been added up.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:03.1  DialEnd        caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:10.1  Hold           alice           MusicClass=default
  09:00:15.1  Unhold         alice
  09:00:20.1  Hold           alice           MusicClass=default
  09:00:27.6  Unhold         alice
  09:00:43.1  HangupRequest  alice           Cause=16
  09:00:43.1  BridgeLeave    alice           BridgeUniqueid=b1
  09:00:43.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:43.1  Hangup         caller          Cause=16
  09:00:43.1  Hangup         alice           Cause=16

Calls
  outcome   talk  hold
  answered  40    13
Legs
  extension  talk  hold
  1001       40    13
