using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Emitting.Datasets;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Emitting;

/// <summary>
/// A model's second file, for projects with the package Dsl.Onnx: its network as a graph of ONNX, from the computation that
/// <c>forward</c> is written from. What depends on no input is computed when the graph is written.
/// </summary>
internal sealed class OnnxEmitter
{
    // The argument of the method, which no variable may be called.
    private const string Builder = "onnx";

    private readonly NetworkProgram _network;
    private readonly CodeWriter _code;
    private readonly Dictionary<string, string> _stateNames;
    private readonly HashSet<Value> _read = [];
    private readonly HashSet<Value> _constants = [];
    private string? _section;

    private OnnxEmitter(NetworkProgram network, CodeWriter code)
    {
        (_network, _code) = (network, code);
        _stateNames = network.Parameters.Select(parameter => (parameter.Member, parameter.Name))
            .Concat(network.Buffers.Select(buffer => (buffer.Member, buffer.Name)))
            .ToDictionary(state => state.Member, state => state.Name);
        foreach (var result in network.Results) Read(result.Value);
        foreach (var node in network.Computation.Nodes)
        {
            bool isConstant = node.Operation.IsLeaf ? node.Operation is not Input : node.Inputs.All(_constants.Contains);
            if (isConstant) _constants.UnionWith(node.Outputs);
        }
    }

    /// <summary>The file of a model that is right.</summary>
    public static string Emit(ModelDeclaration declaration, NetworkProgram network)
    {
        var code = Begin(declaration.Type);
        string name = declaration.Type.Name;
        using (code.Block($"partial class {name}"))
        {
            if (Obstacle(network) is { } obstacle)
            {
                WriteHead(code, $"throw new NotSupportedException({Text($"{name} cannot be written as ONNX: {obstacle}.")})");
            }
            else
            {
                string dataset = network.Dataset is null ? "" : ", Preprocessing";
                WriteHead(code, $"OnnxFile.Write(path, {Text(declaration.Type.FullName)}, this, WriteOnnx, options{dataset})");
                code.Line();
                using (code.Block($"private void WriteOnnx(OnnxGraph {Builder})")) new OnnxEmitter(network, code).Write();
            }
        }

        return code.ToString();
    }

    /// <summary>What others see of the file of a model that is wrong.</summary>
    public static string Skeleton(TypeDeclaration type)
    {
        var code = Begin(type);
        using (code.Block($"partial class {type.Name}"))
            WriteHead(code, $"throw new InvalidOperationException({Text($"The declaration of {type.Name} is wrong.")})");
        return code.ToString();
    }

    private static CodeWriter Begin(TypeDeclaration type) =>
        SourceFile.Begin(type, [], [$"{type.Name} as ONNX", "", SourceFile.Origin(type)]);

    private static void WriteHead(CodeWriter code, string body)
    {
        code.Summary("Writes the network as an ONNX file, as it is in evaluation mode.");
        code.Line("/// <param name=\"path\">The file; it is replaced as a whole, or not at all.</param>");
        code.Line("/// <param name=\"options\">How it is written; null for the defaults.</param>");
        code.Line("/// <exception cref=\"InvalidOperationException\">The model holds NaN or infinity, is too large for one file, "
            + "or the statistics of its data set are not known.</exception>");
        code.Line("/// <exception cref=\"NotSupportedException\">ONNX has no form for the network.</exception>");
        code.Line("public void ExportOnnx(string path, OnnxOptions? options = null) =>");
        code.Line($"    {body};");
    }

    /// <summary>Why a network has no form in ONNX; null when it has one.</summary>
    private static string? Obstacle(NetworkProgram network)
    {
        if (network.IsOpaque || !network.KnowsResults)
            return "its Forward calls code that the compiler does not analyse";
        var emitter = new OnnxEmitter(network, new CodeWriter());
        var node = network.Computation.Nodes.FirstOrDefault(node => !emitter.CanWrite(node));
        return node is null ? null
            : $"{node.Section ?? "the network"} has an operation that ONNX does not have, {node.Operation.GetType().Name}";
    }

    private bool CanWrite(Node node) => node.Operation.IsLeaf || !node.Outputs.Any(_read.Contains)
        || node.Outputs.All(_constants.Contains) || node.Operation.Onnx(Spelled(node)).Count > 0;

    private void Read(Value value)
    {
        var waiting = new Stack<Value>([value]);
        while (waiting.Count > 0)
        {
            var next = waiting.Pop();
            if (!_read.Add(next)) continue;
            foreach (var input in next.Producer.Inputs) waiting.Push(input);
        }
    }

    private void Write()
    {
        var dataset = _network.Dataset is { } declared ? DatasetText.Of(declared) : null;
        foreach (var input in _network.Inputs)
        {
            bool isIndex = input.Value.Type.Element == ElementType.Int64;
            string given = dataset?.OnnxInput
                ?? $"{Builder}.{(isIndex ? "Indices" : "Input")}({Port(input.Name, input.Value.Shape)})";
            _code.Line($"var {Local(input.Value)} = {given};");
        }

        foreach (var node in _network.Computation.Nodes.Where(node => !node.Operation.IsLeaf && node.Outputs.Any(_read.Contains)))
        {
            if (node.Section is { } section && section != _section)
            {
                _code.Line();
                _code.Line($"{Builder}.Layer = {Text(section)};");
                _section = section;
            }

            if (node.Outputs.All(_constants.Contains)) WriteConstant(node);
            else WriteNode(node);
        }

        _code.Line();
        foreach (var result in _network.Results)
        {
            // A state goes in and out under one name, of which a graph has no two.
            bool isTaken = _network.Inputs.Any(input => input.Name == result.Variable);
            string value = Name(result.Value), name = isTaken ? $"{result.Variable}_out" : result.Variable;
            _code.Line(dataset?.OnnxOutput(_network, value) ?? $"{Builder}.Output({Port(name, result.Value.Shape, value)});");
        }
    }

    /// <summary>A tensor that is computed now, by the model's own operations.</summary>
    private void WriteConstant(Node node)
    {
        string expression = node.Operation.Autograd(new Spelling(node, Tensor));
        string target = node.Operation.AutogradGivesAll
            ? $"({string.Join(", ", node.Outputs.Select(Local))})" : Local(node.Output);
        _code.Assign($"var {target}", expression, node.Output.Shape.ToString());
    }

    private void WriteNode(Node node)
    {
        var results = node.Operation.Onnx(Spelled(node));
        foreach (var value in node.Outputs.Where(_read.Contains))
        {
            string expression = results[value.Index];

            // What ONNX need not do, as dropout, is another name of its input.
            bool isNew = node.Inputs.All(input => Name(input) != expression);
            string named = isNew ? $".As({Text(value.Name)})" : "";
            _code.Assign($"var {Local(value)}", expression + named, value.Shape.ToString());
        }
    }

    private Spelling Spelled(Node node) => new(node, Name);

    /// <summary>A value in the graph.</summary>
    private string Name(Value value) => value.Producer.Operation switch
    {
        Parameter or Graph.Operations.Buffer => $"{Builder}.State({StateName(value)})",
        Table table => $"{Builder}.Constant({Text(value.Name)}, {table.Member})",
        _ when _constants.Contains(value) => $"{Builder}.Constant({Text(value.Name)}, {Local(value)})",
        _ => Local(value),
    };

    /// <summary>A value that depends on no input, as the model has it.</summary>
    private string Tensor(Value value) => value.Producer.Operation switch
    {
        Parameter or Graph.Operations.Buffer => $"{Builder}.Tensor({StateName(value)})",
        Table table => table.Member,
        _ => Local(value),
    };

    private string StateName(Value value) => Text(_stateNames[((Leaf)value.Producer.Operation).Member]);

    private static string Local(Value value) =>
        AutogradBody.Name(value) is var name && name == Builder ? name + "Value" : AutogradBody.Name(value);

    private static string Port(string name, Shape shape, string? value = null) => string.Join(", ",
        [Text(name), .. value is null ? Array.Empty<string>() : [value],
            .. shape.Dims.Select(dim => dim.IsKnown ? dim.ToString() : Text(dim.ToString()))]);

    private static string Text(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
