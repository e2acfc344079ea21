using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Methods;

/// <summary>Whether a model's methods have the form that the compiler can complete.</summary>
internal sealed class MethodFormCheck(ModelDeclaration declaration, Findings findings)
{
    // Members of every generated model, and of the module that it derives from.
    private static readonly HashSet<string> Taken = new(ModelChecker.FixedMembers.Concat(
    [
        "add_module", "apply", "buffers", "call", "children", "cpu", "cuda", "eval", "GetName", "get_buffer", "get_parameter",
        "load", "load_state_dict",
        "modules", "named_buffers", "named_children", "named_modules", "named_parameters", "parameters", "register_buffer",
        "register_module",
        "register_parameter", "requires_grad_", "save", "state_dict", "to", "train", "training", "zero_grad",
    ]), StringComparer.Ordinal);

    public void Check(int inputs)
    {
        var form = declaration.Methods!;
        string type = declaration.Type.Name;
        if (declaration.Layers.Count > 0)
            findings.Add(Catalogue.ForwardForm, declaration.Layers[0].Site, form.Layers[0].Site, type,
                "layers on the class too, which Forward cannot call");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in form.Layers)
        {
            string? problem = method.Problem
                ?? (Taken.Contains(method.Name) || method.Name == type ? "its name is that of another member"
                : !names.Add(method.Name) ? "another such method has the same name, but for capitals"
                : method.Layers.Any(layer => layer.Name is nameof(OutputAttribute))
                ? "[Output] belongs to a stack: return the value from Forward"
                : null);
            if (problem is not null) findings.Add(Catalogue.LayerMethodForm, method.Site, method.Name, problem);
            foreach (var stated in method.Parameters.Select(parameter => parameter.Shape).OfType<AttributeDeclaration>())
                AttributeBinder.Bind<ShapeAttribute>(stated, findings);
        }

        if (form.Forward is not { } forward)
        {
            findings.Add(Catalogue.ForwardForm, declaration.Type.Site, type, "no method named Forward");
            return;
        }

        string? wrong = forward.Problem
            ?? (forward.Parameters.Count != inputs
                ? $"it takes {forward.Parameters.Count} tensors where the model has {inputs} inputs" : null)
            ?? (forward.Results.FirstOrDefault(name => !Identifier.IsValid(name)) is { } invalid
                ? $"'{invalid}' is no name for a result" : null);
        if (wrong is not null) findings.Add(Catalogue.ForwardForm, forward.Site, type, $"its Forward cannot be used: {wrong}");
        foreach (var method in form.Layers.Where(method => method.Problem is null && !forward.Called.Contains(method.Name)))
            findings.Add(Catalogue.LayersNotCalled, method.Site, method.Name);
    }
}
