using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Layers;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>A model's parameters, buffers and how they are laid out, created, moved and copied.</summary>
internal sealed class ModelState
{
    private readonly string _type;
    private readonly NetworkProgram _network;
    private readonly ArenaLayout _layout;

    public ModelState(string type, NetworkProgram network)
    {
        _type = type;
        _network = network;
        _layout = network.Layout;
    }

    private IEnumerable<NetworkParameter> Trained => _network.Parameters.Where(parameter => !parameter.IsFrozen);

    /// <summary>Every module that holds state or such modules, outer ones first: <c>3</c>, <c>3.0</c>.</summary>
    private IReadOnlyList<string> Modules => _network.Parameters.Select(parameter => parameter.Name)
        .Concat(_network.Aliases.Select(alias => alias.Name))
        .Concat(_network.Buffers.Select(buffer => buffer.Name))
        .SelectMany(name => Enumerable.Range(1, name.Count(letter => letter == '.')).Select(depth => string.Join(".", name.Split('.').Take(depth))))
        .Distinct()
        .ToList();

    private bool HasDropout => _network.Computation.Nodes.Any(node => node.Operation.ReadsDropoutStream);

    public void WriteMembers(CodeWriter code)
    {
        code.Summary("Number of learned parameters.");
        code.Line($"public const long ParameterCount = {_network.Parameters.Sum(parameter => parameter.Count)};");
        if (_layout.Frozen.Length > 0)
        {
            code.Line();
            code.Summary("Number of learned parameters that are not frozen.");
            code.Line($"public const long TrainableParameterCount = {Trained.Sum(parameter => parameter.Count)};");
        }

        code.Line();
        foreach (string path in Modules)
            code.Line($"private readonly LayerState {Field(path)} = new(\"{path.Split('.').Last()}\");");

        code.Line();
        code.Summary("Creates the model with fresh parameters from libtorch's global generator.");

        // The argument has its name because null fits a constructor of the user's, too.
        using (code.Block($"public {_type}() : this(initialization: null)"))
        {
        }

        code.Line();
        code.Summary("Creates the model with fresh parameters.");
        code.Line("/// <param name=\"initialization\">Source of the initial parameters; null for libtorch's global generator.</param>");
        using (code.Block($"public {_type}(Generator? initialization) : base(nameof({_type}))"))
        {
            code.Line(_layout.Frozen.Length == 0 ? $"Arena = new ParameterArena({_layout.Length});"
                : $"Arena = new ParameterArena({_layout.Length}, {_layout.Trainable.Length});");
            foreach (var buffer in _network.Buffers)
                code.Line($"{buffer.Member} = {Initial(buffer)};");
            WriteTables(code);
            code.Line("Bind();");
            foreach (string path in Modules) code.Line(Registration(path));
            code.Line("Initialize(initialization);");
        }

        code.Line();
        code.Summary("All parameters in one flat tensor, and their gradients in a second one.");
        code.Line("public ParameterArena Arena { get; }");
        foreach (var parameter in _network.Parameters)
        {
            code.Line();
            code.Summary($"{parameter.Name} {parameter.Shape}{(parameter.IsFrozen ? ", frozen" : "")}.");
            code.Line($"public Parameter {parameter.Member} {{ get; private set; }} = null!;");
        }

        foreach (var alias in _network.Aliases)
        {
            code.Line();
            code.Summary($"{alias.Name}, the same parameter as {alias.Target.Name}.");
            code.Line($"public Parameter {alias.Member} => {alias.Target.Member};");
        }

        foreach (var buffer in _network.Buffers)
        {
            code.Line();
            code.Summary($"{buffer.Name} {buffer.Type.Shape}, not learned.");
            code.Line($"public Tensor {buffer.Member} {{ get; private set; }}");
        }

        foreach (var table in _network.Tables)
        {
            code.Line();
            code.Line($"private Tensor {table.Member};  // {table.Type.Shape}, a function of the shape");
        }

        if (HasDropout)
        {
            code.Line();
            code.Summary("Source of dropout masks in training mode; null for libtorch's global generator.");
            code.Line("public Generator? DropoutStream { get; set; }");
        }

        InitializationEmitter.Write(code, _network);
    }

    public void WriteMoves(CodeWriter code, bool hasPair)
    {
        code.Line();
        code.Summary("Makes every parameter's <c>grad</c> a view of <c>Arena.Gradients</c>, for autograd to add to.");
        using (code.Block("public void BindGradients()"))
        {
            foreach (var parameter in Trained)
                code.Line($"{parameter.Member}.grad = {GradientView(parameter)};");
        }

        if (_network.Buffers.Count > 0)
        {
            code.Line();
            code.Summary("Copies the running statistics of another network of this kind.");
            using (code.Block($"public void CopyBuffersFrom({_type} other)"))
            {
                foreach (var buffer in _network.Buffers) code.Line($"{buffer.Member}.copy_(other.{buffer.Member});");
            }
        }

        code.Line();
        code.Line("/// <inheritdoc/>");
        using (code.Block("protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)"))
        {
            code.Line("Arena.MoveTo(dtype, device);");
            foreach (var buffer in _network.Buffers)
                code.Line($"{buffer.Member} = LayerState.Move({buffer.Member}, {(buffer.Type.Element == ElementType.Float ? "dtype" : "null")}, device);");
            foreach (var table in _network.Tables) code.Line($"{table.Member}.Dispose();");
            WriteTables(code);
            if (hasPair && _network.Parameters.Count > 0) code.Line("_gradients = null;");
            code.Line("Bind();");

            // TorchSharp moves a module only when this says that it is elsewhere.
            code.Line("if (device is not null) (_deviceType, _deviceIndex) = (device.type, device.index);");
        }

        code.Line();
        code.Line("/// <inheritdoc/>");
        using (code.Block("protected override void Dispose(bool disposing)"))
        {
            code.Line("if (disposing) Arena.Dispose();");
            foreach (var table in _network.Tables) code.Line($"if (disposing) {table.Member}.Dispose();");
            code.Line("base.Dispose(disposing);");
        }

        code.Line();
        code.Line("// Parameters are views of the arena; after it moved they are made anew.");
        using (code.Block("private void Bind()"))
        {
            foreach (var parameter in _network.Parameters)
            {
                var (module, name) = Place(parameter.Name);
                code.Line($"{parameter.Member} = {Field(module)}.Hold(\"{name}\", Arena.View({_layout.OffsetOf(parameter)}, {Sizes(parameter.Shape)}){(parameter.IsFrozen ? ", isFrozen: true" : "")});");
            }

            foreach (var alias in _network.Aliases)
            {
                var (module, name) = Place(alias.Name);
                code.Line($"{Field(module)}.Hold(\"{name}\", {alias.Target.Member});");
            }

            foreach (var buffer in _network.Buffers)
            {
                var (module, name) = Place(buffer.Name);
                code.Line($"{Field(module)}.HoldBuffer(\"{name}\", {buffer.Member});");
            }
        }
    }

    private void WriteTables(CodeWriter code)
    {
        foreach (var table in _network.Tables) code.Line($"{table.Member} = {table.Code}.DetachFromDisposeScope();");
    }

    /// <summary>The part of the gradient arena that belongs to a parameter.</summary>
    private string GradientView(NetworkParameter parameter) => $"Arena.GradientView({_layout.OffsetOf(parameter)}, {Sizes(parameter.Shape)})";

    /// <summary>The class with one view of the gradient arena for each parameter.</summary>
    public void WriteGradients(CodeWriter code)
    {
        if (_network.Parameters.Count == 0) return;
        code.Line();
        code.Line("private ParameterGradients? _gradients;");
        code.Line();
        code.Line("// Views of the gradient arena, one for each parameter.");
        using (code.Block("private sealed class ParameterGradients(ParameterArena arena)"))
        {
            foreach (var parameter in Trained)
                code.Line($"public readonly Tensor {parameter.Member} = {GradientView(parameter).Replace("Arena.", "arena.")};");
            foreach (var rows in _network.TrainedRows)
            {
                code.Line($"public readonly Tensor {rows.Member} = "
                    + $"arena.GradientRows({_layout.OffsetOf(rows.Parameter)}, {rows.Start}, {rows.Length}, {Sizes(rows.Parameter.Shape)});");
            }
        }
    }

    private static string Field(string path) => "_layer" + path.Replace('.', '_');

    private static string Registration(string path)
    {
        if (!path.Contains(".")) return $"register_module(\"{path}\", {Field(path)});";
        var (parent, name) = Place(path);
        return $"{Field(parent)}.register_module(\"{name}\", {Field(path)});";
    }

    /// <summary>A dotted name as the module and what it is called there.</summary>
    private static (string Module, string Name) Place(string name)
    {
        int dot = name.LastIndexOf('.');
        return (name.Substring(0, dot), name.Substring(dot + 1));
    }

    private static string Sizes(Shape shape) => string.Join(", ", shape.Dims);

    private static string Initial(NetworkBuffer buffer)
    {
        string sizes = $"new long[] {{ {Sizes(buffer.Type.Shape)} }}".Replace("{  }", "{ }");
        string type = buffer.Type.Element == ElementType.Float ? "ScalarType.Float32" : "ScalarType.Int64";
        return buffer.Initial == 0 ? $"zeros({sizes}, {type})" : $"ones({sizes}, {type})";
    }
}
