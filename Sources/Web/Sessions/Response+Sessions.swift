public import Hummingbird

extension Response {
    /// Gives the browser its session, and remembers the device. Every sign-in brings a fresh token: rotate by
    /// ending the row of the old one and beginning one for the new.
    public func signingIn(_ token: SessionToken, on device: KnownDevice? = nil, _ request: RequestFacts)
        -> Response
    {
        var response = self
        let isSecure = request.isSecure
        response.headers.add(
            SetCookie(SessionToken.cookie, token.text, lifetime: SessionToken.lifetime, isSecure: isSecure))
        if let device {
            response.headers.add(
                SetCookie(KnownDevice.cookie, device.text, lifetime: KnownDevice.lifetime, isSecure: isSecure)
            )
        }
        // The visitor's own secret has done its work.
        response.headers.add(SetCookie(VisitorSecret.cookie, "", lifetime: .zero, isSecure: isSecure))
        return response
    }

    /// Takes the session back. The device stays known.
    public func signingOut(_ request: RequestFacts) -> Response {
        var response = self
        response.headers.add(SetCookie(SessionToken.cookie, "", lifetime: .zero, isSecure: request.isSecure))
        response.headers[.clearSiteData] = "\"cache\""
        return response
    }
}
