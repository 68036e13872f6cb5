A message on voicemail is a missed call, until it is returned

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  eva     PJSIP/1005-00000002   1.2 1.1  1005
  gijs    PJSIP/1007-00000003   1.3      1007
  far     PJSIP/trunk-00000004  1.4 1.3  +31612345678

Events
  09:00:00.0  Newchannel     caller        ChannelState=4 Context=from-trunk Exten=+31201230005
  09:00:00.0  Newexten       caller        Context=from-trunk Extension=+31201230005 Priority=1 Application=Set AppData=FROM_DID=+31201230005
  09:00:00.1  Newchannel     eva           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > eva  DialString=1005
  09:00:06.1  DialEnd        caller > eva  DialStatus=NOANSWER
  09:00:06.1  Hangup         eva           Cause=0
  09:00:06.1  Newexten       caller        Context=from-did-direct Extension=1005 Priority=5 Application=VoiceMail AppData=1005@default,u
  09:00:26.1  HangupRequest  caller
  09:00:26.1  Hangup         caller        Cause=0
  10:00:00.0  Newchannel     gijs          ChannelState=4 Context=from-internal Exten=+31612345678
  10:00:00.0  Newexten       gijs          Context=from-internal Extension=+31612345678 Priority=1 Application=Goto
  10:00:00.0  Newchannel     far           ChannelState=0 Exten=s CallerIDNum=<unknown>
  10:00:00.0  DialBegin      gijs > far    DialString=+31612345678@trunk
  10:00:05.0  DialEnd        gijs > far    DialStatus=ANSWER
  10:00:05.0  BridgeEnter    far           BridgeUniqueid=b9
  10:00:05.0  BridgeEnter    gijs          BridgeUniqueid=b9
  10:00:35.0  HangupRequest  gijs          Cause=16
  10:00:35.0  BridgeLeave    gijs          BridgeUniqueid=b9
  10:00:35.0  BridgeLeave    far           BridgeUniqueid=b9
  10:00:35.0  Hangup         far           Cause=16
  10:00:35.0  Hangup         gijs          Cause=16

Calls
  outcome
  voicemail
  answered
Missed
  state    closed
  reached  10:00:00
