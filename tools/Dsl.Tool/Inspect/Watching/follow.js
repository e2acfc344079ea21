// Puts the newer page in the place of this one, and leaves the reader where he is, in the page and in its parts that scroll.
new EventSource("/changes").onmessage = async () => {
    const text = await (await fetch("/")).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const places = () => [document.scrollingElement, ...document.querySelectorAll(".scroll")];
    const before = places().map(part => [part.scrollLeft, part.scrollTop]);
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    places().forEach((part, i) => i < before.length && ([part.scrollLeft, part.scrollTop] = before[i]));
};
