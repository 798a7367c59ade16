import Hummingbird

/// `POST /theme`: light or dark, kept on this device.
enum ThemeRoute {
    static let route = Route.agent(.post, "/theme") { _, context in
        let theme = try context.form.choice("theme", as: Theme.self) ?? .automatic
        let next = LocalPath(context.form["next"])?.description ?? "/"
        var response = Response.redirect(to: next, type: .normal)
        let lifetime = Duration.seconds(theme == .automatic ? 0 : 365 * 86_400)
        response.headers.add(
            SetCookie(Theme.cookie, theme.rawValue, lifetime: lifetime, isSecure: context.request.isSecure))
        return response
    }
}
