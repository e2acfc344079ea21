namespace Dsl.Inspect.Diagrams;

/// <summary>Where a box stands.</summary>
internal sealed record PlacedBox(Box Box, double X, double Y, double Width, double Height)
{
    public double Center => X + (Width / 2);
}

/// <summary>The points that an arrow passes, from the bottom of a box to the top of another.</summary>
internal sealed record PlacedArrow(Arrow Arrow, IReadOnlyList<(double X, double Y)> Points);

/// <summary>
/// A diagram from top to bottom: boxes in rows by their longest path, arrows that skip rows around what stands between,
/// neighbours above each other (after Sugiyama, Tagawa and Toda 1981, doi 10.1109/TSMC.1981.4308636).
/// </summary>
internal sealed class LayeredLayout
{
    private const double RowGap = 38, ColumnGap = 28, Detour = 26, Margin = 16, ArrowHeadGap = 14, CharacterWidth = 7.3,
    Padding = 28;
    private const int Sweeps = 24;

    private readonly Dictionary<string, Place> _places = [];
    private readonly List<List<Place>> _rows = [];

    public LayeredLayout(Diagram diagram)
    {
        var forward = diagram.Arrows.Where(arrow => !arrow.IsBack).ToList();
        foreach (var box in diagram.Boxes) _places[box.Id] = new Place(box, Width(box));
        Rank(diagram, forward);
        var paths = forward.Select(arrow => (arrow, Path: Connect(arrow))).ToList();
        for (int sweep = 0; sweep < Sweeps; sweep++) Order(downwards: sweep % 2 == 0);
        Spread();
        for (int sweep = 0; sweep < 4 * Sweeps; sweep++) Straighten(downwards: sweep % 2 == 0);
        Settle(diagram, paths);
    }

    public IReadOnlyList<PlacedBox> Boxes { get; private set; } = [];

    public IReadOnlyList<PlacedArrow> Arrows { get; private set; } = [];

    public double TotalWidth { get; private set; }

    public double TotalHeight { get; private set; }

    private static double Width(Box box) =>
        Math.Max(90, (Math.Max(box.Title.Length * CharacterWidth * 1.08, box.Detail.Length * CharacterWidth * 0.9)) + Padding);

    /// <summary>Rows by the longest path; a box without predecessors stands right above what reads it.</summary>
    private void Rank(Diagram diagram, List<Arrow> arrows)
    {
        // Boxes come in an order in which they can be computed; an arrow against it would be a cycle, and is not followed.
        var order = diagram.Boxes.Select((box, i) => (box.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        foreach (var box in diagram.Boxes)
        {
            foreach (var arrow in arrows.Where(arrow => arrow.To == box.Id && order[arrow.From] < order[arrow.To]))
                _places[box.Id].Row = Math.Max(_places[box.Id].Row, _places[arrow.From].Row + 1);
        }

        foreach (var box in diagram.Boxes.Where(box => arrows.All(arrow => arrow.To != box.Id)))
        {
            var readers = arrows.Where(arrow => arrow.From == box.Id).Select(arrow => _places[arrow.To].Row).ToList();
            if (readers.Count > 0) _places[box.Id].Row = Math.Max(0, readers.Min() - 1);
        }

        foreach (var place in diagram.Boxes.Select(box => _places[box.Id]))
        {
            while (_rows.Count <= place.Row) _rows.Add([]);
            _rows[place.Row].Add(place);
        }
    }

    private List<Place> Connect(Arrow arrow)
    {
        List<Place> path = [_places[arrow.From]];
        Place last = _places[arrow.To];
        for (int row = path[0].Row + 1; row < last.Row; row++)
        {
            var bend = new Place(null, Detour) { Row = row };
            _rows[row].Add(bend);
            path.Add(bend);
        }

        path.Add(last);
        for (int i = 0; i + 1 < path.Count && path[i].Row < path[i + 1].Row; i++)
        {
            path[i].Below.Add(path[i + 1]);
            path[i + 1].Above.Add(path[i]);
        }

        return path;
    }

    private void Order(bool downwards)
    {
        foreach (var row in _rows)
            for (int i = 0; i < row.Count; i++) row[i].Center = i;
        foreach (var row in downwards ? _rows : Enumerable.Reverse(_rows))
        {
            var sorted = row.OrderBy(place => Neighbours(place, downwards).Select(other => other.Center)
                .DefaultIfEmpty(place.Center).Average()).ToList();
            row.Clear();
            row.AddRange(sorted);
            for (int i = 0; i < row.Count; i++) row[i].Center = i;
        }
    }

    private void Spread()
    {
        foreach (var row in _rows)
        {
            double x = 0;
            foreach (var place in row)
            {
                place.Center = x + (place.Width / 2);
                x += place.Width + ColumnGap;
            }
        }
    }

    /// <summary>Moves each place towards its neighbours, bends most of all, and apart from the next in its row.</summary>
    private void Straighten(bool downwards)
    {
        foreach (var row in downwards ? _rows : Enumerable.Reverse(_rows))
        {
            foreach (var place in row)
            {
                var neighbours = Neighbours(place, downwards);
                if (neighbours.Count == 0) continue;
                double weight = neighbours.Sum(other => Weight(place, other));
                place.Center = neighbours.Sum(other => other.Center * Weight(place, other)) / weight;
            }

            MoveApart(row);
        }
    }

    /// <summary>Boxes by the mean of what pushing from the left and from the right gives, then bends into what is left between
    /// and beside them.</summary>
    private static void MoveApart(List<Place> row)
    {
        var boxes = Enumerable.Range(0, row.Count).Where(i => row[i].Box is not null).ToList();
        double[] left = boxes.Select(i => row[i].Center).ToArray(), right = [.. left];
        for (int i = 1; i < left.Length; i++) left[i] = Math.Max(left[i], left[i - 1] + Between(i));
        for (int i = right.Length - 2; i >= 0; i--) right[i] = Math.Min(right[i], right[i + 1] - Between(i + 1));
        for (int i = 0; i < left.Length; i++) row[boxes[i]].Center = (left[i] + right[i]) / 2;
        for (int i = 1; i < row.Count; i++)
            if (row[i].Box is null) row[i].Center = Math.Max(row[i].Center, row[i - 1].Center + Distance(row[i - 1], row[i]));
        for (int i = row.Count - 2; i >= 0; i--)
            if (row[i].Box is null) row[i].Center = Math.Min(row[i].Center, row[i + 1].Center - Distance(row[i], row[i + 1]));

        // The room that a box and the one before it need, with the bends between them.
        double Between(int box) =>
            Enumerable.Range(boxes[box - 1], boxes[box] - boxes[box - 1]).Sum(i => Distance(row[i], row[i + 1]));
    }

    private static double Distance(Place a, Place b) => ((a.Width + b.Width) / 2) + ColumnGap;

    // A box stands below a box; that arrows pass beside it matters only where there is none.
    private static double Weight(Place place, Place other) => (place.Box, other.Box) switch
    {
        (null, null) => 8,
        (not null, not null) => 4,
        (not null, null) => 0.001,
        _ => 1,
    };

    private static List<Place> Neighbours(Place place, bool downwards) => downwards ? place.Above : place.Below;

    private void Settle(Diagram diagram, List<(Arrow Arrow, List<Place> Path)> paths)
    {
        double shift = Margin - _rows.SelectMany(row => row).Min(place => place.Center - (place.Width / 2));
        double y = Margin;
        foreach (var row in _rows)
        {
            double height = row.Max(place => place.Height);
            foreach (var place in row)
            {
                place.Center += shift;
                place.Y = y + ((height - place.Height) / 2);
            }

            y += height + RowGap;
        }

        TotalHeight = y - RowGap + Margin;
        var boxes = diagram.Boxes.Select(box => _places[box.Id])
            .ToDictionary(place => place.Box!.Id,
                place => new PlacedBox(place.Box!, place.Center - (place.Width / 2), place.Y, place.Width, place.Height));
        Boxes = [.. boxes.Values];
        Arrows = [.. paths.Select(
            path => new PlacedArrow(path.Arrow, [.. path.Path.Select((place, i) => (place.Center, Height(place, i)))]))];
        TotalWidth = _rows.SelectMany(row => row).Max(place => place.Center + (place.Width / 2)) + Margin;
        AddBack(diagram, boxes);

        // An arrow leaves at the bottom of a box and arrives at the top of one; a bend has no height.
        static double Height(Place place, int i) => i == 0 ? place.Y + place.Height : place.Y;
    }

    /// <summary>Arrows to earlier rows run along the right margin, one lane for each box that they leave, and come down on
    /// their target.</summary>
    private void AddBack(Diagram diagram, Dictionary<string, PlacedBox> boxes)
    {
        var back = new List<PlacedArrow>();
        foreach (var leaving in diagram.Arrows.Where(arrow => arrow.IsBack).GroupBy(arrow => arrow.From))
        {
            var from = boxes[leaving.Key];
            double y = from.Y + (from.Height / 2);
            foreach (var arrow in leaving)
            {
                var to = boxes[arrow.To];
                double above = to.Y - ArrowHeadGap, x = to.Center + (to.Width / 4);
                back.Add(new PlacedArrow(
                    arrow, [(from.X + from.Width, y), (TotalWidth, y), (TotalWidth, above), (x, above), (x, to.Y)]));
            }

            TotalWidth += Margin + (leaving.Max(arrow => arrow.Label.Length) * CharacterWidth);
        }

        Arrows = [.. Arrows, .. back];
    }

    /// <summary>A box, or a bend of an arrow that skips a row.</summary>
    private sealed class Place(Box? box, double width)
    {
        public Box? Box { get; } = box;

        public double Width { get; } = width;

        public double Height { get; } = box is null ? 0 : box.Detail.Length == 0 ? 30 : 44;

        public int Row { get; set; }

        public double Center { get; set; }

        public double Y { get; set; }

        public List<Place> Above { get; } = [];

        public List<Place> Below { get; } = [];
    }
}
