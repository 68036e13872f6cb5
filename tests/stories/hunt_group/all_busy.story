All telephones of the hunt group are busy

The group let the caller go: no telephone could ring any longer. The call is refused, not abandoned.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  bram    PJSIP/1002-00000002   1.2 1.1  1002
  carla   PJSIP/1003-00000003   1.3 1.1  1003

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230003
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230003 Priority=1 Application=Set AppData=FROM_DID=+31201230003
  09:00:00.0  Newexten       caller          Context=ext-group Extension=600 Priority=1 Application=Dial AppData=PJSIP/1002&PJSIP/1003,12,HhTtr
  09:00:00.1  Newchannel     bram            ChannelState=0 Exten=s
  09:00:00.1  Newchannel     carla           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > bram   DialString=1002
  09:00:00.1  DialBegin      caller > carla  DialString=1003
  09:00:00.2  HangupRequest  bram            Cause=17
  09:00:00.2  DialEnd        caller > bram   DialStatus=BUSY
  09:00:00.2  Hangup         bram            Cause=17
  09:00:00.2  HangupRequest  carla           Cause=17
  09:00:00.2  DialEnd        caller > carla  DialStatus=BUSY
  09:00:00.2  Hangup         carla           Cause=17
  09:00:00.2  Newexten       caller          Context=ext-group Extension=s-BUSY Priority=1 Application=Hangup AppData=17
  09:00:00.2  Hangup         caller          Cause=17

Calls
  outcome  group  wait
  busy     600    0
Legs
  extension  outcome  ring
  1002       busy     0
  1003       busy     0
Visits
  group  wait  answered
  600    0     -
Missed
  outside       state
  +31612345678  open
