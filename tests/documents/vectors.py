"""Ways to make a renderer ask the network or read the disk: {url} is a server that counts, {file} holds a secret."""

VECTORS = {
    "image": '<img src="{url}">',
    "image from disk": '<img src="{file}">',
    "stylesheet": '<link rel="stylesheet" href="{url}">',
    "stylesheet from disk": '<link rel="stylesheet" href="{file}">',
    "import": '<style>@import url("{url}");</style>',
    "import from disk": '<style>@import url("{file}");</style>',
    "background": '<p style="background: url({url})">background</p>',
    "background from disk": '<p style="background: url({file})">background</p>',
    "font": '<style>@font-face {{ font-family: F; src: url("{url}"); }}</style><p style="font-family: F">font</p>',
    "font from disk": '<style>@font-face {{ font-family: G; src: url("{file}"); }} p {{ font-family: G }}</style>',
    "attachment": '<link rel="attachment" href="{url}">',
    "attachment from disk": '<link rel="attachment" href="{file}">',
    "attached link": '<a rel="attachment" href="{file}">take me along</a>',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{file}">',
    "generated content": '<style>h1::before {{ content: url("{url}"); }}</style>',
    "list marker": '<ul style="list-style-image: url({url})"><li>marker</li></ul>',
    "picture in a picture": '<svg width="9" height="9"><image href="{url}" width="9"/><use href="{file}#a"/></svg>',
}
