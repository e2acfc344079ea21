using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Emitting;

/// <summary>A region of a step: a method that runs its loop, or its operators one by one where no loop can go over the tensors,
/// and the loop.</summary>
internal sealed class RegionEmitter
{
    // What ends the name of a result's memory.
    private const string Vectors = "Vectors";

    private readonly CodeWriter _code;
    private readonly ElementRegion _region;
    private readonly Dictionary<Value, string> _names = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal) { "part", "i" };

    private RegionEmitter(CodeWriter code, ElementRegion region)
    {
        (_code, _region) = (code, region);
        foreach (var (name, _) in region.Hosted) _taken.Add(name);
        foreach (var value in region.Operands.Concat(region.Numbers)) Name(value);
        foreach (var node in region.Nodes) Name(node.Output);
    }

    private string Loop => $"{_region.Method}Elements";

    /// <summary>Writes every region of a step.</summary>
    public static void Write(CodeWriter code, IEnumerable<Node> nodes)
    {
        foreach (var region in nodes.Select(node => node.Operation).OfType<ElementRegion>())
        {
            var emitter = new RegionEmitter(code, region);
            emitter.WriteMethod();
            emitter.WriteLoop();
        }
    }

    private void WriteMethod()
    {
        var results = _region.Given.ToList();
        string type = results.Count == 1 ? "Tensor" : $"({string.Join(", ", results.Select(_ => "Tensor"))})";
        string returned = results.Count == 1 ? _names[results[0]] : $"({Join(results)})";
        var parameters = _region.Operands.Concat(_region.Numbers).Select(value => $"Tensor {_names[value]}")
            .Concat(_region.Hosted.Select(hosted => $"double {hosted.Name}"));
        _code.Line();
        WriteComment();
        using (_code.Block($"private static {type} {_region.Method}({string.Join(", ", parameters)})"))
        {
            using (_code.Block($"if (ElementLoop.CanRun([{Join(_region.Operands)}], [{Join(_region.Numbers)}]))"))
            {
                var made = _region.Tensors.Select(value => $"{_names[value]} = ElementLoop.Like({_names[_region.Operands[0]]})")
                    .Concat(_region.Sums.Select(value => $"{_names[value]} = ElementLoop.Sum()"));
                _code.Line($"Tensor {string.Join(", ", made)};");
                string hosted = string.Join(", ", _region.Hosted.Select(hosted => hosted.Name));
                _code.Line($"ElementLoop.Run<{Loop}>([{Join(_region.Operands)}], [{Join(_region.Numbers)}], [{hosted}], "
                    + $"[{Join(_region.Tensors)}], [{Join(_region.Sums)}]);");
                _code.Line($"return {returned};");
            }

            using (_code.Block("else"))
            {
                var plan = new PlanMemory(_region.Nodes, results, []);
                var body = new ExplicitBody(
                    _code, plan, _names, new Dictionary<Value, string>(), new HashSet<Node>()) { HasSections = false };
                body.Write(_region.Nodes);
                _code.Line($"return {returned};");
            }
        }
    }

    private void WriteLoop()
    {
        _code.Line();
        using (_code.Block($"private readonly struct {Loop} : IElementLoop"))
        using (_code.Block("public static void Run(ElementPart part)"))
        {
            WriteSpans("ReadOnlySpan<Vector<float>>", "Operand", _region.Operands);
            WriteSpans("Span<Vector<float>>", "Result", _region.Tensors, Vectors);
            int index = 0;
            foreach (var number in _region.Numbers) _code.Line($"var {Element(number)} = part.Number({index++});");
            foreach (var (name, _) in _region.Hosted) _code.Line($"var {name} = part.Number({index++});");
            var totals = _region.Nodes.Where(node => node.Operation is Mean or SumAll).ToList();
            if (totals.Count > 0)
                _code.Line($"Vector<float> {string.Join(", ", totals.Select(node => $"{_names[node.Output]} = default"))};");
            using (_code.Block($"for (int i = 0; i < {_names[_region.Operands[0]]}.Length; i++)"))
            {
                foreach (var node in _region.Nodes)
                {
                    if (node.Operation is ExpandAs) continue;
                    if (node.Operation is Mean or SumAll)
                    {
                        _code.Line($"{_names[node.Output]} += {Element(node.Inputs[0])};");
                        continue;
                    }

                    string element = node.Operation.Element(new OfVectors(node, this))!;
                    _code.Line($"var {Element(node.Output)} = {element};");
                    if (_region.Tensors.Contains(node.Output))
                        _code.Line($"{_names[node.Output]}{Vectors}[i] = {Element(node.Output)};");
                }
            }

            if (totals.Count > 0) _code.Line();
            foreach (var node in totals)
            {
                int place = _region.Sums.ToList().IndexOf(node.Output);
                if (place < 0) continue;
                _code.Line($"part.{(node.Operation is Mean ? "AddMean" : "AddSum")}({place}, {_names[node.Output]});");
            }
        }
    }

    private void WriteSpans(string type, string member, IReadOnlyList<Value> values, string ending = "")
    {
        if (values.Count == 0) return;
        _code.Line($"{type} {string.Join(", ", values.Select((value, i) => $"{_names[value]}{ending} = part.{member}({i})"))};");
    }

    // As many names in a line as fit.
    private void WriteComment()
    {
        var words = _region.Nodes.Where(node => node.Operation is not ExpandAs).Select(node => _names[node.Output]).ToList();
        string line = "//";
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i] + (i + 1 < words.Count ? "," : $": one pass over {_region.Operands[0].Shape}.");
            if (line.Length + word.Length > LineBreaks.Width - 10)
            {
                _code.Line(line);
                line = "//";
            }

            line += " " + word;
        }

        _code.Line(line);
    }

    // An element of an operand, or what was computed of this one.
    private string Element(Value value) => _region.Operands.Contains(value) ? $"{_names[value]}[i]"
        : value.Producer.Operation is ExpandAs ? Element(value.Producer.Inputs[0]) : _names[value];

    private string Join(IEnumerable<Value> values) => string.Join(", ", values.Select(value => _names[value]));

    private void Name(Value value)
    {
        if (_names.ContainsKey(value)) return;
        _names.Add(value, Unique(value.Hint));
    }

    private string Unique(string hint)
    {
        string name = hint;
        for (int i = 2; !_taken.Add(name); i++) name = $"{hint}_{i}";
        return name;
    }

    // C# on vectors.
    private sealed class OfVectors(Node node, RegionEmitter region) : ElementSpelling
    {
        public override string this[int input] => region.Element(node.Inputs[input]);

        public override string Number(Scalar number) => number is Scalar.Constant constant
            ? $"new Vector<float>({Spelling.Single(constant.Value)})"
            : number.Code;

        public override string Call(string function, params string[] elements)
        {
            string method = function switch
            {
                "sqrt" => "SquareRoot",
                _ => char.ToUpperInvariant(function[0]) + function.Substring(1),
            };
            return $"Vector.{method}({string.Join(", ", elements)})";
        }

        public override string Where(string comparison, string left, string right, string holds, string @else)
        {
            // What is unequal is what is not equal, also where one is no number.
            if (comparison == "ne") return Where("eq", left, right, @else, holds);
            string method = comparison switch
            {
                "gt" => "GreaterThan",
                "ge" => "GreaterThanOrEqual",
                "lt" => "LessThan",
                "le" => "LessThanOrEqual",
                _ => "Equals",
            };
            return $"Vector.ConditionalSelect(Vector.{method}({left}, {right}), {holds}, {@else})";
        }
    }
}
