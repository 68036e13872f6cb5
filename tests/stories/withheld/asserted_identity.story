A caller withholds a number that the provider knows

A trusted trunk passes the real number on (P-Asserted-Identity with Privacy: id), and every event shows it. Only NewCallerid tells that
it may not be shown; it comes when the dialplan touches the caller's name or number, as FreePBX's does. It must appear nowhere.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31699887766
  hanna   PJSIP/1008-00000002   1.2 1.1  1008

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230008
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230008 Priority=1 Application=Set AppData=FROM_DID=+31201230008
  09:00:00.0  Newexten       caller          Context=ext-local Extension=1008 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1008,15)
  09:00:00.0  NewCallerid    caller          CID-CallingPres=32_(Presentation_Prohibited,_Not_Screened)
  09:00:00.1  Newchannel     hanna           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > hanna  DialString=1008
  09:00:02.1  DialEnd        caller > hanna  DialStatus=ANSWER
  09:00:02.1  BridgeEnter    hanna           BridgeUniqueid=b1
  09:00:02.1  BridgeEnter    caller          BridgeUniqueid=b1
  09:00:12.1  HangupRequest  caller          Cause=16
  09:00:12.1  BridgeLeave    caller          BridgeUniqueid=b1
  09:00:12.1  BridgeLeave    hanna           BridgeUniqueid=b1
  09:00:12.1  Hangup         hanna           Cause=16
  09:00:12.1  Hangup         caller          Cause=16

Calls
  direction  caller  outside  withheld  outcome   talk
  incoming   -       -        yes       answered  10
Legs
  kind       role    number  outside_number
  outside    caller  -       -
  extension  called  1008    -
