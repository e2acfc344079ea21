using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>
/// Makes one loop of operations that go element by element over tensors of one shape, forward and backward, with the sums and
/// means of what they compute. Such a region is convex: nothing that it reads is made of what it gives.
/// </summary>
internal sealed class FuseRegions
{
    // A single operation is a loop of the runtime's already.
    private const int Least = 2;

    // What the runtime's loops take of operands, results, numbers and sums each.
    private const int Most = 16;

    private readonly Computation _computation;
    private readonly HashSet<Value> _roots;
    private readonly Dictionary<Node, Unit> _units = [];
    private readonly List<Unit> _all = [];

    private FuseRegions(Computation computation, IEnumerable<Value> roots) =>
        (_computation, _roots) = (computation, new HashSet<Value>(roots));

    /// <param name="roots">Values that are read outside of the computation.</param>
    /// <param name="prefix">What the names of regions begin with.</param>
    public static void Run(Computation computation, IEnumerable<Value> roots, string prefix)
    {
        var pass = new FuseRegions(computation, roots);
        pass.Group();
        pass.Replace(prefix);
    }

    private void Group()
    {
        Unit? effect = null;
        var readers = new List<Unit>();
        int place = 0;
        foreach (var node in _computation.Nodes)
        {
            var unit = new Unit(node, place++);
            _all.Add(unit);
            _units.Add(node, unit);
            bool isElementwise = IsElementwise(node);
            foreach (var input in node.Inputs) unit.Needs.Add(Of(isElementwise ? Source(input) : input.Producer));

            // What may write to state stays where it is among what reads it.
            bool acts = node.Operation.HasEffect || !node.Operation.IsPure;
            bool reads = node.Inputs.Any(IsState);
            if ((acts || reads) && effect is not null) unit.Needs.Add(effect);
            if (acts)
            {
                unit.Needs.UnionWith(readers);
                readers.Clear();
                effect = unit;
            }
            else if (reads)
            {
                readers.Add(unit);
            }

            unit.Needs.Remove(unit);
            unit.Settle();
            if (isElementwise) Join(unit);
            else if (IsSum(node) && Of(node.Inputs[0].Producer) is { Last.Shape: not null } summed) TryMerge(summed.Last, unit);
        }
    }

    private void Join(Unit unit)
    {
        unit.Shape = unit.Node.Output.Shape;
        foreach (var input in unit.Node.Inputs.Where(input => input.Shape == unit.Shape && !IsNumber(input)))
            unit.Reads.Add(input);
        foreach (var other in _all.Where(other => other.Shape == unit.Shape && other.Into is null && other != unit).ToList())
        {
            Unit own = unit.Last;
            bool isNear = own.Needs.Any(need => need.Last == other) || own.Reads.Overlaps(other.Reads);
            if (isNear) TryMerge(other, own);
        }
    }

    // Two units become one where no third one stands between them.
    private void TryMerge(Unit into, Unit unit)
    {
        if (into == unit || ReadsSumOf(unit, into) || ReadsSumOf(into, unit)) return;
        var seen = new HashSet<Unit> { into, unit };
        var open = new Stack<Unit>(into.Needs.Concat(unit.Needs).Select(need => need.Last).Where(seen.Add));
        while (open.Count > 0)
        {
            foreach (var need in open.Pop().Needs)
            {
                if (need.Last == into || need.Last == unit) return;
                if (seen.Add(need.Last)) open.Push(need.Last);
            }
        }

        into.Take(unit);
    }

    // A sum is there behind the last element.
    private static bool ReadsSumOf(Unit reader, Unit unit)
    {
        var sums = new HashSet<Value>(unit.Parts.Where(part => IsSum(part.Node)).Select(part => part.Node.Output));
        return sums.Count > 0 && reader.Parts.Any(part => part.Node.Inputs.Any(input => sums.Contains(Number(input))));
    }

    private void Replace(string prefix)
    {
        foreach (var unit in _all.Where(unit => unit.Into is null && unit.Parts.Count > 1).ToList())
            if (Contents.Of(this, unit) is null) unit.Part(DirectNeeds);
        foreach (var unit in _all.Where(unit => unit.Into is null && unit.Parts.Count == 1)) unit.Part(DirectNeeds);
        var names = new HashSet<string>();
        var nodes = new List<Node>();
        foreach (var unit in InOrder())
        {
            if (unit.Parts.Count > 1) nodes.Add(Region(Contents.Of(this, unit)!, prefix, names));
            else if (IsRead(unit.Node)) nodes.Add(unit.Node);
        }

        _computation.Replace(nodes);
    }

    // As they came, but for what a region has to wait for.
    private List<Unit> InOrder()
    {
        var left = _all.Where(unit => unit.Into is null).ToList();
        var done = new List<Unit>();
        var isDone = new HashSet<Unit>();
        while (left.Count > 0)
        {
            var next = left.FirstOrDefault(unit => unit.Needs.All(need => need.Place < 0 || isDone.Contains(need.Last)));
            if (next is null)
            {
                // A repeated number may take its shape from what a region gives to the one that reads it: those part.
                var regions = left.Where(unit => unit.Parts.Count > 1).ToList();
                if (regions.Count == 0) throw new InvalidOperationException("operations of a step wait for each other");
                foreach (var region in regions) region.Part(DirectNeeds);
                left = _all.Where(unit => unit.Into is null && !isDone.Contains(unit)).ToList();
                continue;
            }

            left.Remove(next);
            done.Add(next);
            isDone.Add(next);
        }

        return done;
    }

    // Alone, an operation reads a repeated number as the tensor that it is.
    private IEnumerable<Unit> DirectNeeds(Node node) => node.Inputs.Select(input => Of(input.Producer));

    // Whether a repeated number is read as a tensor at all, and with it the one that it takes its shape from.
    private bool IsRead(Node node) => node.Operation is not ExpandAs || !IsNumber(node.Output) || _roots.Contains(node.Output)
        || _computation.Uses(node.Output).Any(reader => _units[reader].Last.Parts.Count == 1 || !IsElementwise(reader));

    private Node Region(Contents contents, string prefix, HashSet<string> names)
    {
        var (members, operands, numbers, tensors, sums) = contents;

        // A number that was repeated to the shape of a tensor is one beside elements; by operators it takes any such tensor.
        var inner = new List<Node>();
        var repeated = new Dictionary<Value, Value>();
        var hosted = new List<(string Name, Scalar Number)>();
        foreach (var member in members)
        {
            foreach (var input in member.Inputs.Where(input => input.Shape.Rank > 0 && IsNumber(input)))
            {
                if (repeated.ContainsKey(input)) continue;
                var expanded = new Node(new ExpandAs(), [Number(input), operands[0]], member.Section);
                expanded.Outputs = [_computation.NewResult(expanded, 0, input.Type, input.Hint)];
                inner.Add(expanded);
                repeated.Add(input, expanded.Output);
            }

            IReadOnlyList<Value> inputs =
                [.. member.Inputs.Select(input => repeated.TryGetValue(input, out var value) ? value : input)];
            member.Become(member.Operation.WithNumbers(number => Named(number, member.Output.Hint, hosted)), inputs);
            inner.Add(member);
        }

        // What is read outside is the region's from now on; within it there are values of its own.
        List<Value> given = [.. tensors, .. sums];
        var within = new Dictionary<Value, Value>();
        foreach (var value in given)
        {
            Node producer = value.Producer;
            producer.Outputs = [_computation.NewResult(producer, 0, value.Type, value.Hint)];
            within.Add(value, producer.Output);
        }

        foreach (var member in inner)
            member.Inputs = [.. member.Inputs.Select(input => within.TryGetValue(input, out var value) ? value : input)];

        string section = prefix + Casing(members[0].Section ?? "Step"), method = section + "Loop";
        for (int i = 2; !names.Add(method); i++) method = $"{section}Loop{i}";
        var operation = new ElementRegion(
            method, inner, operands, numbers, hosted, [.. tensors.Select(value => within[value])],
            [.. sums.Select(value => within[value])]);
        var region = new Node(operation, [.. operands, .. numbers], members[0].Section) { Outputs = given };
        for (int i = 0; i < given.Count; i++) given[i].MoveTo(region, i);
        return region;
    }

    // What the host computes comes in under a name: the expression may read what the step alone knows.
    private static Scalar Named(Scalar number, string hint, List<(string Name, Scalar Number)> hosted)
    {
        if (number is Scalar.Constant) return number;
        foreach (var known in hosted)
            if (known.Number.Equals(number)) return new Scalar.Named(known.Name);
        string name = hint + "Number";
        for (int i = 2; hosted.Exists(known => known.Name == name); i++) name = $"{hint}Number{i}";
        hosted.Add((name, number));
        return new Scalar.Named(name);
    }

    private static string Casing(string section) =>
        string.Concat(section.Where(character => char.IsLetterOrDigit(character) && character < 128));

    private static bool IsElementwise(Node node)
    {
        if (node.Outputs.Count != 1 || !node.Operation.IsPure || node.Operation.HasEffect) return false;
        var type = node.Output.Type;
        return type.Shape.Rank > 0 && type.Element == ElementType.Float
            && node.Operation.Element(new Names(node)) is not null
            && node.Inputs.All(input =>
                input.Type.Element == ElementType.Float && (input.Shape == type.Shape || IsNumber(input)));
    }

    private static bool IsSum(Node node) =>
        node.Operation is Mean or SumAll && node.Inputs[0].Shape.Rank > 0 && node.Inputs[0].Type.Element == ElementType.Float;

    // One number for all elements, in a tensor of its own or repeated.
    private static bool IsNumber(Value value) => Number(value).Shape.Rank == 0 && value.Type.Element == ElementType.Float;

    private static Value Number(Value value) => value.Producer.Operation is ExpandAs ? Number(value.Producer.Inputs[0]) : value;

    private static Node Source(Value input) => IsNumber(input) ? Number(input).Producer : input.Producer;

    private static bool IsState(Value value) => Number(value).Producer.Operation is Leaf { IsFixed: false };

    // As it stood at first: what it became a part of may part again.
    private Unit Of(Node node)
    {
        // A leaf that is no node of the computation stands before all of them.
        if (!_units.TryGetValue(node, out var unit)) _units.Add(node, unit = new Unit(node, -1));
        return unit;
    }

    /// <summary>What a region is made of, in order, what it reads, and what is read of it.</summary>
    private sealed record Contents(
        List<Node> Members, List<Value> Operands, List<Value> Numbers, List<Value> Tensors, List<Value> Sums)
    {
        /// <summary>Those of a unit; null where it is not worth a loop, or more than the runtime's loops take.</summary>
        public static Contents? Of(FuseRegions pass, Unit unit)
        {
            var members = unit.Parts.OrderBy(part => part.Place).Select(part => part.Node).ToList();
            if (members.Count(IsElementwise) < Least) return null;
            var own = new HashSet<Node>(members);
            var made = new HashSet<Value>(members.SelectMany(node => node.Outputs));
            var read = new HashSet<Value>(pass._computation.Nodes.Where(node => !own.Contains(node) && pass.IsRead(node))
                .SelectMany(node => node.Inputs).Concat(pass._roots));
            List<Value> operands = [], numbers = [];
            foreach (var input in members.SelectMany(node => node.Inputs))
            {
                if (IsNumber(input)) AddNew(numbers, Number(input));
                else if (!made.Contains(input)) AddNew(operands, input);
            }

            var tensors = members.Where(IsElementwise).Select(node => node.Output).Where(read.Contains).ToList();
            var sums = members.Where(IsSum).Select(node => node.Output).Where(read.Contains).ToList();
            var hosted = new List<(string Name, Scalar Number)>();
            foreach (var member in members) member.Operation.WithNumbers(number => Named(number, "", hosted));
            bool fits = operands.Count is > 0 and <= Most && numbers.Count + hosted.Count <= Most && tensors.Count <= Most
                && sums.Count <= Most;
            return fits ? new Contents(members, operands, numbers, tensors, sums) : null;
        }

        private static void AddNew(List<Value> values, Value value)
        {
            if (!values.Contains(value)) values.Add(value);
        }
    }

    /// <summary>A node, or the first of several that are one region.</summary>
    private sealed class Unit
    {
        private readonly HashSet<Unit> _own = [];

        public Unit(Node node, int place)
        {
            (Node, Place) = (node, place);
            Parts = [this];
        }

        public Node Node { get; }

        public int Place { get; }

        /// <summary>Itself, and what has become a part of it.</summary>
        public List<Unit> Parts { get; private set; }

        /// <summary>What has to come before it.</summary>
        public HashSet<Unit> Needs { get; } = [];

        /// <summary>Tensors of its shape that it reads.</summary>
        public HashSet<Value> Reads { get; } = [];

        /// <summary>Of its elements; null where it does not go element by element.</summary>
        public Shape? Shape { get; set; }

        /// <summary>The unit that it has become a part of.</summary>
        public Unit? Into { get; private set; }

        public Unit Last => Into?.Last ?? this;

        /// <summary>Says that it has all of its own needs.</summary>
        public void Settle() => _own.UnionWith(Needs);

        public void Take(Unit unit)
        {
            Parts.AddRange(unit.Parts);
            unit.Parts = [unit];
            Needs.UnionWith(unit.Needs);
            Needs.RemoveWhere(need => need.Last == this || need.Last == unit);
            Reads.UnionWith(unit.Reads);
            unit.Into = this;
        }

        /// <summary>Makes each part a unit of its own again.</summary>
        /// <param name="direct">What a node needs by itself.</param>
        public void Part(Func<Node, IEnumerable<Unit>> direct)
        {
            var parts = Parts;
            foreach (var part in parts)
            {
                part.Into = null;
                part.Parts = [part];
                part.Needs.Clear();
                part.Needs.UnionWith(part._own);
            }

            foreach (var part in parts) part.Needs.UnionWith(direct(part.Node).Where(need => need != part));
        }
    }

    // Whether there is a spelling is all that is asked.
    private sealed class Names(Node node) : ElementSpelling
    {
        public override string this[int input] => node.Inputs[input].Name;

        public override string Number(Scalar number) => number.Code;

        public override string Call(string function, params string[] elements) => function;

        public override string Where(string comparison, string left, string right, string holds, string @else) => comparison;
    }
}
